// Pictures, drawn when they are seen, in the colours of the page.
const Pictures = data => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const views = new Map(); // by the name of the picture
    const tooltip = document.getElementById('tooltip');

    function showTooltip(_, event, __, value) {
        tooltip.hidden = !value;
        if (!value) return;
        const list = document.createElement('dl');
        for (const [name, text] of Object.entries(typeof value === 'object' ? value : { '': value })) {
            if (text === 'null') continue;
            list.append(
                Object.assign(document.createElement('dt'), { textContent: name }),
                Object.assign(document.createElement('dd'), { textContent: text }),
            );
        }
        tooltip.replaceChildren(list);
        tooltip.style.left = Math.max(0, Math.min(event.clientX + 14, innerWidth - tooltip.offsetWidth - 8)) + 'px';
        tooltip.style.top = Math.max(0, Math.min(event.clientY + 14, innerHeight - tooltip.offsetHeight - 8)) + 'px';
    }

    // One picture that fails must not take the rest with it.
    async function draw(figure) {
        const name = figure.dataset.picture;
        views.get(name)?.finalize();
        views.delete(name);
        const specification = data.pictures['limits' in figure.dataset ? `${figure.dataset.quantile}/${name}` : name];
        if (!specification) {
            figure.textContent = 'No picture: at this latency nothing acceptable is known well enough to be drawn.';
            return;
        }
        try {
            figure.textContent = '';
            let text = JSON.stringify(specification);
            if (dark.matches) for (const [light, other] of data.swaps) text = text.replaceAll('"' + light + '"', '"' + other + '"');
            const view = new vega.View(vega.parse(vegaLite.compile(JSON.parse(text)).spec), {
                renderer: 'svg',
                container: figure,
                hover: true,
                tooltip: showTooltip,
            });
            views.set(name, view);
            await view.runAsync();
        } catch (error) {
            figure.textContent = 'This picture cannot be drawn: ' + error.message;
        }
    }

    const isFolded = figure => figure.closest('details:not([open])') !== null;
    const figures = [...document.querySelectorAll('figure[data-picture]')];
    for (const details of document.querySelectorAll('details.more'))
        details.addEventListener('toggle', () => {
            if (details.open)
                details.querySelectorAll('figure').forEach(figure => {
                    if (!views.has(figure.dataset.picture)) draw(figure);
                });
        });
    dark.addEventListener('change', () =>
        Promise.all(figures.map(figure => (isFolded(figure) ? views.delete(figure.dataset.picture) : draw(figure)))).then(() =>
            document.dispatchEvent(new Event('drawn')),
        ),
    );

    return {
        // Draws those of a section that show limits for a latency; the others need it once.
        async show(section, quantile) {
            for (const figure of section.querySelectorAll('figure[data-picture]')) {
                const isStale = 'limits' in figure.dataset && figure.dataset.quantile !== quantile;
                if (isStale) figure.dataset.quantile = quantile;
                if (isFolded(figure)) {
                    if (isStale) {
                        views.get(figure.dataset.picture)?.finalize();
                        views.delete(figure.dataset.picture);
                    }
                } else if (isStale || !views.has(figure.dataset.picture)) await draw(figure);
            }
        },
        limit(section, limitMs) {
            const figure = section.querySelector('figure[data-picture$="-decision.svg"]');
            if (figure)
                views
                    .get(figure.dataset.picture)
                    ?.signal('limit', limitMs ?? 0)
                    .runAsync();
        },
    };
};
