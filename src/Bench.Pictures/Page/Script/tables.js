// Tables that a click on a heading sorts.
const Tables = (() => {
    const number = text => {
        const found = text
            .replaceAll('−', '-')
            .replace(/(\d),(?=\d{3})/g, '$1')
            .match(/-?\d+(\.\d+)?(e[+-]?\d+)?/i);
        return found ? Number(found[0]) : null;
    };

    function sort(table, heads, column) {
        const head = heads[column];
        const down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const rows = [...table.tBodies[0].rows];
        const texts = new Map(rows.map(row => [row, row.cells[column]?.textContent.trim() ?? '']));
        // A column of numbers is one in which every cell that says anything begins with one.
        const isNumber = text => /^([–]|n\/a.*|)$/.test(text) || /^[$±<>~]?\s*[−-]?\d/.test(text);
        const numeric = column > 0 && [...texts.values()].every(isNumber);
        rows.sort((a, b) => {
            const [x, y] = [texts.get(a), texts.get(b)];
            if (!numeric) return x.localeCompare(y, 'en', { numeric: true }) * (down ? -1 : 1);
            const [i, j] = [number(x), number(y)];
            return i === null ? (j === null ? 0 : 1) : j === null ? -1 : (i - j) * (down ? -1 : 1); // what is unknown stays below
        });
        table.tBodies[0].append(...rows);
    }

    return {
        makeSortable(table) {
            const heads = [...table.querySelectorAll('thead th')];
            heads.forEach((head, column) => {
                head.tabIndex = 0;
                head.addEventListener('click', () => sort(table, heads, column));
                head.addEventListener('keydown', event => {
                    if (event.key === 'Enter' || event.key === ' ') {
                        event.preventDefault();
                        sort(table, heads, column);
                    }
                });
            });
        },
    };
})();
