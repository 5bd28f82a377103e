// How numbers stand in sentences and tables: the same as on the console.
const Figures = (() => {
    const dash = '–';

    // As .NET does: fifteen digits first, then half away from zero.
    function fixed(value, digits) {
        if (!Number.isFinite(value)) return String(value);
        const [mantissa, exponent] = Math.abs(value).toExponential(14).split('e');
        const all = mantissa.replace('.', '');
        const keep = Number(exponent) + 1 + digits;
        let kept = keep < 0 ? '0' : all.slice(0, keep).padEnd(keep, '0') || '0';
        if (keep >= 0 && all[keep] >= '5') kept = (BigInt(kept) + 1n).toString();
        kept = kept.padStart(digits + 1, '0');
        const whole = kept.slice(0, kept.length - digits),
            part = kept.slice(kept.length - digits);
        const text = digits === 0 ? kept : whole + '.' + part;
        return (value < 0 && /[1-9]/.test(text) ? '-' : '') + text;
    }

    const grouped = (value, digits) => fixed(value, digits).replace(/^-?\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));
    const trimmed = text => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
    const atMost = (value, digits) => trimmed(fixed(value, digits));

    return {
        dash,
        fixed,
        grouped,
        atMost,
        groupedAtMost: (value, digits) => trimmed(grouped(value, digits)),
        ms: value => (value === null ? dash : fixed(value, value >= 1000 ? 0 : value >= 100 ? 1 : value >= 1 ? 2 : 4)),
        rate: value => (value === null ? dash : fixed(value, value >= 1000 ? 0 : value >= 100 ? 1 : value >= 1 ? 2 : 4)),
        usd: value =>
            fixed(
                value,
                value >= 1 ? 2 : value >= 0.1 ? 3 : !(value > 0) ? 4 : Math.min(12, Math.max(4, 2 - Math.floor(Math.log10(value)))),
            ),
        change: value => (value >= 0.00005 ? '+' : value <= -0.00005 ? '−' : '±') + fixed(Math.abs(value), 4),
        month: value => grouped(value, 2),
        percent: share => fixed(100 * share, 1) + ' %',
        chance: share => (share > 0.995 && share < 1 ? '>99 %' : share > 0 && share < 0.005 ? '<1 %' : fixed(100 * share, 0) + ' %'),
    };
})();
