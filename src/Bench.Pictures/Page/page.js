'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const views = new Map(); // by the name of the picture
  const usd = value => '$' + value.toFixed(value >= 1 ? 2 : value >= 0.1 ? 3 : 4);
  const chance = share => share > 0.995 && share < 1 ? '>99 %' : share > 0 && share < 0.005 ? '<1 %' : Math.round(100 * share) + ' %';
  const ms = value => value === null ? 'n/a' : Number(value.toPrecision(4)).toString();

  // ---- pictures

  const tooltip = document.getElementById('tooltip');
  function showTooltip(_, event, __, value) {
    tooltip.hidden = !value;
    if (!value) return;
    const list = document.createElement('dl');
    for (const [name, text] of Object.entries(typeof value === 'object' ? value : { '': value })) {
      if (text === 'null') continue;
      list.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: text }));
    }
    tooltip.replaceChildren(list);
    tooltip.style.left = Math.min(event.clientX + 14, innerWidth - tooltip.offsetWidth - 8) + 'px';
    tooltip.style.top = Math.min(event.clientY + 14, innerHeight - tooltip.offsetHeight - 8) + 'px';
  }

  function draw(figure) {
    const name = figure.dataset.picture;
    let text = JSON.stringify(data.pictures[name]);
    if (dark.matches) for (const [light, other] of data.swaps) text = text.replaceAll('"' + light + '"', '"' + other + '"');
    views.get(name)?.finalize();
    const view = new vega.View(vega.parse(vegaLite.compile(JSON.parse(text)).spec), { renderer: 'svg', container: figure, hover: true, tooltip: showTooltip });
    views.set(name, view);
    return view.runAsync();
  }

  const figures = [...document.querySelectorAll('figure[data-picture]')];
  // One picture that fails must not take the rest with it.
  const drawAll = () => Promise.all(figures.map(figure => Promise.resolve().then(() => draw(figure)).catch(error => { figure.textContent = 'This picture cannot be drawn: ' + error.message; })));
  dark.addEventListener('change', () => drawAll().then(() => document.dispatchEvent(new Event('drawn'))));

  // ---- tables

  const number = text => { const found = text.replaceAll('−', '-').match(/-?\d+(\.\d+)?(e[+-]?\d+)?/i); return found ? Number(found[0]) : null; };

  function sortable(table) {
    const heads = [...table.querySelectorAll('thead th')];
    heads.forEach((head, column) => {
      head.tabIndex = 0;
      const sort = () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const rows = [...table.tBodies[0].rows];
        const texts = new Map(rows.map(row => [row, row.cells[column]?.textContent.trim() ?? '']));
        // A column of numbers is one in which every cell that says anything begins with one.
        const numeric = column > 0 && [...texts.values()].every(text => /^([–]|n\/a.*|)$/.test(text) || /^[$±<>~]?\s*[−-]?\d/.test(text));
        rows.sort((a, b) => {
          const [x, y] = [texts.get(a), texts.get(b)];
          if (!numeric) return x.localeCompare(y, 'en', { numeric: true }) * (down ? -1 : 1);
          const [i, j] = [number(x), number(y)];
          return i === null ? (j === null ? 0 : 1) : j === null ? -1 : (i - j) * (down ? -1 : 1); // what is unknown stays below
        });
        table.tBodies[0].append(...rows);
      };
      head.addEventListener('click', sort);
      head.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); sort(); } });
    });
  }

  // ---- the decision

  const state = (candidate, limit) =>
    candidate.objections.length > 0 ? 'not acceptable'
    : candidate.holdsRate === 'infeasible' ? 'infeasible'
    : candidate.holdsRate === 'undecided' ? (candidate.latency.lowerMs !== null && limit !== null && candidate.latency.lowerMs > limit ? 'infeasible' : 'undecided')
    : limit === null || (candidate.latency.upperMs !== null && candidate.latency.upperMs <= limit) ? 'feasible'
    : candidate.latency.lowerMs !== null && candidate.latency.lowerMs > limit ? 'infeasible' : 'undecided';

  // The first few names, and how many more there are.
  const few = names => names.length <= 5 ? names.join(', ') : names.slice(0, 5).join(', ') + ` and ${names.length - 5} more`;

  function decide(section, decision) {
    const rate = decision.imagesPerSecond ?? null;
    const notHeld = candidate => rate === null || candidate.holdsRate === 'feasible' ? '' : `: not shown to hold ${rate} images/s`;
    const slider = section.querySelector('.limit');
    const field = section.querySelector('.limit-ms');
    const sentence = section.querySelector('.choice');
    const body = section.querySelector('.candidates').tBodies[0];
    const bounds = decision.candidates.flatMap(candidate => [candidate.latency.estimateMs, candidate.latency.upperMs]).filter(value => value > 0);
    const [low, high] = bounds.length ? [Math.min(...bounds) / 1.5, Math.max(...bounds) * 1.2] : [1, 100];
    const atSlider = () => low * Math.pow(high / low, slider.value / 1000);
    const sliderAt = limit => Math.round(1000 * Math.log(limit / low) / Math.log(high / low));

    const rows = decision.candidates.map(candidate => {
      const row = body.insertRow();
      const { latency, cost } = candidate;
      const interval = latency.lowerMs === null || latency.upperMs === null ? 'n/a' : latency.lowerMs === latency.upperMs ? '–' : `${ms(latency.lowerMs)}–${ms(latency.upperMs)}`;
      const half = cost.halfWidth === null ? '' : ` ± ${usd(cost.halfWidth).slice(1)}`;
      const band = cost.lowUsdPerMillionImages === cost.highUsdPerMillionImages ? '' : ` (${usd(cost.lowUsdPerMillionImages)}–${usd(cost.highUsdPerMillionImages)})`;
      const images = candidate.throughput.imagesPerSecond;
      for (const text of [candidate.label, `${candidate.batch} × ${candidate.streams} × ${candidate.threads ?? '?'}`, candidate.hardware, usd(candidate.price.usdPerHour), ms(latency.estimateMs), interval, images >= 1000 ? images.toFixed(0) : ms(images), usd(cost.usdPerMillionImages) + half + band,
        candidate.metricChange === null ? 'unknown' : candidate.metricChange === 0 ? '±0' : candidate.metricChange.toFixed(4), candidate.outputs, '', '']) {
        row.insertCell().textContent = text;
      }
      return row;
    });

    function show(limit) {
      const states = decision.candidates.map(candidate => state(candidate, limit));
      const feasible = decision.candidates.filter((_, i) => states[i] === 'feasible'); // the cheapest first
      const [choice, runnerUp] = feasible;
      const tied = choice ? choice.tiedWith.filter(i => states[i] === 'feasible').map(i => decision.candidates[i]) : [];
      const within = (limit === null ? 'Without a time limit' : `Within ${Number(limit.toPrecision(7))} ms`) + (rate === null ? '' : ` for ${rate} images a second`);
      const dearer = rate === null ? runnerUp : feasible.slice(1).find(other => !tied.includes(other));
      const tie = rate === null ? 'nothing measured tells its cost from that of' : 'it costs the same as';
      const saves = dearer && (rate !== null || !tied.length);
      sentence.textContent = choice
        ? `${within}: ${choice.cell} on ${choice.hardware}, ${usd(choice.cost.usdPerMillionImages)} per million images.`
          + (tied.length ? ` A tie: ${tie} ${few(tied.map(other => `${other.cell} on ${other.hardware} (${usd(other.cost.usdPerMillionImages)})`))}; the one with the lowest ${rate === null ? 'estimate' : 'latency'} is named.` : '')
          + (saves ? ` It saves ${usd(dearer.cost.usdPerMillionImages - choice.cost.usdPerMillionImages)} (${Math.round(100 * (1 - choice.cost.usdPerMillionImages / dearer.cost.usdPerMillionImages))} %) against ${dearer.cell} on ${dearer.hardware}.`
          : tied.length ? '' : ' Nothing else is shown to meet the limit.')
        : `${within}: ` + (states.includes('undecided') ? 'undecided. No acceptable cell is shown to meet the limit, but some may.' : 'no solution.');
      if (choice && limit === decision.limitMs && decision.choice?.probabilityCheapest != null)
        sentence.textContent += ` It is the cheapest in ${chance(decision.choice.probabilityCheapest)} of the simulated draws of times.`;
      decision.candidates.forEach((candidate, i) => {
        rows[i].cells[10].textContent = candidate === choice ? 'the choice' : candidate.objections.length ? 'not acceptable: ' + candidate.objections.join('; ') : states[i] + notHeld(candidate);
        const isOfOnePrice = choice && candidate.hardware === choice.hardware && candidate.price.onlyWhileWorking === choice.price.onlyWhileWorking && candidate.price.usdPerHour === choice.price.usdPerHour;
        rows[i].cells[11].textContent = choice && !isOfOnePrice && states[i] === 'feasible'
          ? usd(candidate.price.usdPerHour * choice.cost.usdPerMillionImages / candidate.cost.usdPerMillionImages) : '–';
        rows[i].className = candidate === choice ? 'chosen' : states[i] === 'feasible' ? '' : 'out';
      });
      views.get(section.querySelector('figure[data-picture$="-decision.svg"]')?.dataset.picture)?.signal('limit', limit ?? 0).runAsync();
    }

    let current = decision.limitMs;
    const set = (limit, moveSlider) => {
      current = limit;
      if (moveSlider) slider.value = limit === null ? 1000 : Math.min(1000, Math.max(0, sliderAt(limit)));
      field.value = limit === null ? '' : Number(limit.toPrecision(moveSlider ? 12 : 4));
      show(limit);
    };
    slider.addEventListener('input', () => set(Number(atSlider().toPrecision(4)), false));
    field.addEventListener('change', () => set(field.value > 0 ? Number(field.value) : null, true));
    section.querySelector('.no-limit').addEventListener('click', () => set(null, true));
    document.addEventListener('drawn', () => show(current));
    set(decision.limitMs, true);
  }

  drawAll().then(() => {
    for (const section of document.querySelectorAll('section.model')) {
      const decision = data.decisions.find(found => found.model === section.dataset.model);
      if (decision) decide(section, decision);
    }
    document.querySelectorAll('table').forEach(sortable);
    document.documentElement.dataset.ready = 'yes';
  });
})();
