// What a reader types: a number, or what is wrong with it. Nothing is taken for something else.
const Fields = (() => {
    // Commas between thousands, a point before decimals.
    const pattern = /^((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)(e\+?\d{1,2})?$/i;

    return {
        // An empty field has the value that stands for none.
        read(input, what, expected, isValid, none) {
            const text = input.value.trim();
            const number = pattern.test(text) ? Number(text.replaceAll(',', '')) : NaN;
            const fault = (text === '' && none !== undefined) || isValid(number) ? null : `${what}: found '${text}'; expected ${expected}.`;
            input.setAttribute('aria-invalid', String(fault !== null));
            return { value: fault !== null ? null : text === '' ? none : number, fault };
        },
    };
})();
