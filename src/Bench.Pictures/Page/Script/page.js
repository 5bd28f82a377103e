// The page: questions are read, answers written.
(() => {
    const data = JSON.parse(document.getElementById('data').textContent);
    const pictures = Pictures(data);
    const prices = data.prices.map(price => ({ ...price, given: null, fault: null, isChanged: false }));
    const listed = data.prices;

    const words = {
        feasible: 'met',
        infeasible: 'missed',
        undecided: 'undecided',
        'not acceptable': 'not acceptable',
        'no plan': 'no plan',
    };
    const inRange = (least, most) => value => value >= least && value <= most;

    function cell(row, text, { small = '', className = '' } = {}) {
        const added = row.insertCell();
        added.className = className;
        added.append(text);
        if (small) added.append(document.createElement('br'), Object.assign(document.createElement('small'), { textContent: small }));
    }

    function write(section, model) {
        const find = name => section.querySelector(name);
        const [slider, field, quantile, volume, unit, hours, peak] = [
            '.limit',
            '.limit-ms',
            '.quantile',
            '.volume',
            '.unit',
            '.hours',
            '.peak',
        ].map(find);
        const body = find('.candidates').tBodies[0];
        const question = { quantile: model.quantile, limitMs: model.limitMs, imagesPerSecond: model.imagesPerSecond };

        // What is asked, and what is wrong with it.
        function read() {
            const limit = Fields.read(field, 'Time limit', 'a number of ms above 0, or nothing for none', inRange(1e-6, 1e9), null);
            question.limitMs = limit.value;
            const faults = [...prices.map(price => price.fault), limit.fault];
            let demand = null;
            if (volume) {
                const asked = Fields.read(volume, 'A month', 'a number of images from 1 on, or nothing for none', inRange(1, 1e15), null);
                const times = Fields.read(peak, 'At the peak', 'a number from 1 on', inRange(1, 1e6));
                faults.push(asked.fault, times.fault);
                const [perDay, days] = hours.value.split('x').map(Number);
                const windows = unit?.value === 'volumes' ? model.windows : 1;
                demand = asked.value && {
                    imagesPerMonth: asked.value * windows,
                    together: windows,
                    hours: { perDay, days },
                    peakFactor: times.value,
                };
            }
            return { demand, faults: faults.filter(Boolean) };
        }

        // Why a row is not the choice: said once below the table for all rows that share it.
        function why(one, plan, unplanned) {
            const objections = plan ? plan.objections : one.candidate.objections;
            if (unplanned) return ['no plan', unplanned];
            if (objections.length) return ['not acceptable', objections.join('; ')];
            if (one.candidate.holdsRate && one.candidate.holdsRate !== 'feasible')
                return [one.state, `not shown to hold ${question.imagesPerSecond} images a second`];
            return [one.state, one.state === 'undecided' ? (one.latency.remark ?? 'the limit lies within the interval') : ''];
        }

        function writeRow(one, isChoice, choice, plan, unplanned, notes) {
            const { candidate, latency, cost, price } = one;
            const row = body.insertRow();
            const [state, reason] = why(one, plan, unplanned);
            const isOpen = question.limitMs === null && question.imagesPerSecond === null;
            row.dataset.cell = candidate.cell;
            row.title = `${candidate.label} (${candidate.run})`;
            row.className = isChoice ? 'chosen' : state === 'feasible' ? '' : 'out';
            cell(row, candidate.engine, {
                small: [candidate.settings === Figures.dash ? '' : candidate.settings, candidate.hardware].filter(Boolean).join(' · '),
            });
            cell(row, Figures.atMost(price.usdPerHour, 4), { className: 'wide' });
            const isBounded = latency.lowerMs !== null && latency.upperMs !== null && latency.lowerMs !== latency.upperMs;
            cell(row, Figures.ms(latency.estimateMs), {
                small: isBounded ? `${Figures.ms(latency.lowerMs)}–${Figures.ms(latency.upperMs)}` : '',
            });
            cell(row, Figures.rate(candidate.imagesPerSecond), { className: 'wide' });
            cell(row, Figures.usd(cost.usd), { small: cost.halfWidth === null ? '' : `± ${Figures.percent(cost.halfWidth / cost.usd)}` });
            cell(row, cost.low === cost.high ? Figures.dash : `${Figures.usd(cost.low)}–${Figures.usd(cost.high)}`, {
                className: 'wide of-providers',
            });
            cell(row, plan ? Figures.month(plan.bill) : Figures.dash, {
                className: 'for-month',
                small: plan && plan.shares < plan.bill - 0.005 ? `part ${Figures.month(plan.shares)}` : '',
            });
            cell(row, plan ? Figures.grouped(plan.machines, 0) : Figures.dash, { className: 'wide for-month' });
            cell(row, candidate.outputs, {
                className: 'wide words',
                small: candidate.metricChange ? `metric ${Figures.change(candidate.metricChange)}` : '',
            });
            if (reason && !notes.includes(reason)) notes.push(reason);
            cell(
                row,
                (isChoice ? 'the choice' : isOpen && state === 'feasible' ? 'may be chosen' : words[state]) +
                    (reason ? ` (${notes.indexOf(reason) + 1})` : ''),
                { className: 'words state' },
            );
            const below = Decision.wouldWinBelow(one, choice);
            cell(row, below === null ? Figures.dash : Figures.usd(below), { className: 'wide no-month' });
        }

        // What may be chosen first, by what is asked: the bill of a month, or the cost of a million.
        function writeTable(judged, choice, month) {
            const plans = new Map((month?.plans ?? []).map(plan => [plan.judged, plan]));
            const first = month ? (month.plan?.judged ?? null) : choice;
            const rank = one =>
                one === first
                    ? 0
                    : ['feasible', 'undecided', 'no plan', 'infeasible', 'not acceptable'].indexOf(
                          why(one, plans.get(one), month?.unplanned.get(one))[0],
                      ) + 1;
            const bill = one => (month ? (plans.get(one)?.bill ?? Infinity) : 0);
            const rows = judged.map((one, i) => [one, i]).sort(([a, i], [b, j]) => rank(a) - rank(b) || bill(a) - bill(b) || 0 || i - j);
            const notes = [];
            body.replaceChildren();
            section.querySelectorAll('.candidates th').forEach(head => head.removeAttribute('aria-sort'));
            rows.forEach(([one]) => writeRow(one, one === first, choice, plans.get(one), month?.unplanned.get(one), notes));
            find('.reasons').replaceChildren(...notes.map(text => Object.assign(document.createElement('li'), { textContent: text })));
        }

        function show() {
            const { demand: asked, faults } = read();
            section.classList.toggle('has-faults', faults.length > 0);
            find('.faults').textContent = faults.length ? `${faults.join(' ')} There is no answer until that is mended.` : '';
            if (faults.length) return;
            const judged = Decision.judge(model, prices, question);
            const month = asked && Month.build(judged, question, asked, data);
            const { choice } = Decision.choose(model, judged, question);
            const isListed = prices.every(price => !price.isChanged);
            const isFirst = isListed && question.quantile === model.quantile && question.limitMs === model.limitMs;
            find('.choice').textContent = Decision.sentence(model, judged, question, isFirst ? model.chance : null);
            const list = find('dl.month');
            list.hidden = !month;
            list.replaceChildren(
                ...(month ? MonthText.answer(month, question, asked) : []).flatMap(([label, text]) => [
                    Object.assign(document.createElement('dt'), { textContent: label }),
                    Object.assign(document.createElement('dd'), { textContent: text }),
                ]),
            );
            section.classList.toggle('has-month', Boolean(month));
            find('th.latency').textContent = `${quantile.selectedOptions[0].textContent} ms`;
            writeTable(judged, choice, month);
            section.classList.toggle(
                'has-providers',
                judged.some(one => one.cost.low !== one.cost.high),
            );
            find('.at-listed').hidden = isListed;
            pictures.show(section, question.quantile).then(() => pictures.limit(section, question.limitMs));
        }

        const bounds = () =>
            model.candidates
                .map(candidate => candidate.latency[question.quantile])
                .flatMap(latency => [latency.estimateMs, latency.upperMs])
                .filter(value => value > 0);
        const range = () => {
            const values = bounds();
            return values.length ? [Math.min(...values) / 1.5, Math.max(...values) * 1.2] : [1, 100];
        };
        const moveSlider = () => {
            const [low, high] = range(),
                { limitMs } = question;
            slider.value =
                limitMs === null ? 1000 : Math.min(1000, Math.max(0, Math.round((1000 * Math.log(limitMs / low)) / Math.log(high / low))));
        };
        const writeField = () => {
            field.value = question.limitMs === null ? '' : Number(question.limitMs.toPrecision(12));
        };
        // What a reader moves or types stays as it is; the other field follows.
        const set = (limitMs, ...others) => {
            question.limitMs = limitMs;
            others.forEach(follow => follow());
            show();
        };
        slider.addEventListener('input', () => {
            const [low, high] = range();
            set(Number((low * Math.pow(high / low, slider.value / 1000)).toPrecision(4)), writeField);
        });
        field.addEventListener('input', () => {
            show();
            moveSlider();
        });
        find('.no-limit').addEventListener('click', () => set(null, moveSlider, writeField));
        quantile.addEventListener('input', () => {
            question.quantile = quantile.value;
            set(question.limitMs, moveSlider);
        });
        [volume, unit, hours, peak].forEach(input => input?.addEventListener('input', show));
        find('.ask').addEventListener('submit', event => event.preventDefault());
        if (volume && model.imagesPerMonth)
            volume.value = Figures.grouped(model.imagesPerMonth / (unit?.value === 'volumes' ? model.windows : 1), 0);
        set(model.limitMs, moveSlider, writeField);
        document.addEventListener('priced', show);
        document.addEventListener('drawn', () => pictures.limit(section, question.limitMs));
    }

    // A price that a reader gives is that of one part; whether it is sold with others is asked beside it.
    function price(row) {
        const i = Number(row.dataset.price),
            inParts = row.querySelector('.in-parts');
        const expected = 'USD an hour, above 0 and at most 1,000,000, or nothing for the listed price';
        const { value: given, fault } = Fields.read(row.querySelector('.price'), listed[i].name, expected, inRange(1e-9, 1e6), null);
        const holds = inParts?.checked ? Math.min(...listed[i].sold.filter(sold => sold.whole > 1).map(sold => sold.whole)) : 1;
        const isChanged = given !== null || (inParts !== null && inParts.checked !== inParts.defaultChecked);
        const usdPerHour = given ?? listed[i].usdPerHour;
        prices[i] = !isChanged
            ? { ...listed[i], given: null, fault, isChanged }
            : {
                  ...listed[i],
                  usdPerHour,
                  given,
                  fault,
                  isChanged,
                  own: null,
                  origin: given === null ? 'alone' : 'given on this page',
                  sold:
                      holds > 1
                          ? [{ provider: 'a', instance: `machine of ${holds}`, usdPerHour: usdPerHour * holds, holds, whole: holds }]
                          : [],
              };
    }
    for (const row of document.querySelectorAll('[data-price]'))
        row.addEventListener('input', () => {
            price(row);
            document.dispatchEvent(new Event('priced'));
        });

    const drawn = [...document.querySelectorAll('section.model')].map(section => {
        const model = data.models.find(found => found.id === section.dataset.model);
        if (model) write(section, model);
        return model ? null : pictures.show(section, 'p90');
    });
    document.querySelectorAll('table').forEach(Tables.makeSortable);
    Promise.all(drawn).then(() => {
        document.documentElement.dataset.ready = 'yes';
    });
})();
