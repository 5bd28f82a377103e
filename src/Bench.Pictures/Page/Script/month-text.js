// How a month's plan stands in sentences: as MonthText does it.
const MonthText = (() => {
    const name = plan => plan.judged.candidate.name;
    // Of what is sold with several in it, each is a part.
    const word = plan => (plan.sold && plan.sold.whole > 1 ? 'part' : 'machine');
    const allParts = plan => (plan.sold && plan.sold.whole > 1 ? ` by all ${plan.sold.whole} parts at once` : '');
    const machinesText = plan => {
        return plan.machines === 1 ? `one ${word(plan)}` : `${Figures.grouped(plan.machines, 0)} ${word(plan)}s`;
    };
    const soldText = plan =>
        plan.isOwn
            ? `${plan.machines} of one's own`
            : plan.sold
              ? `${Figures.grouped(plan.offers, 0)} × ${plan.sold.provider} ${plan.sold.instance}`
              : Figures.dash;
    const hour = plan => (plan.sold ? plan.sold.usdPerHour : plan.judged.price.usdPerHour);

    function how(plan, limitMs, demand) {
        const on = limitMs === null ? 'on while they work' : Month.isAlways(demand.hours) ? 'always on' : 'on while images arrive';
        return plan.isOwn
            ? ` ($${Figures.month(plan.bill - plan.energy)} for owning, $${Figures.month(plan.energy)} for the energy of its work)`
            : !plan.sold
              ? `, ${on}, at $${Figures.atMost(hour(plan), 4)} an hour, ${plan.judged.price.origin}`
              : `, ${on}, as ${soldText(plan)} at $${Figures.atMost(hour(plan), 4)} an hour` +
                (plan.sold.whole > 1 ? ` (it holds ${plan.sold.whole} parts)` : '');
    }

    const unshown = plan => [
        'Unshown',
        `${name(plan)} would cost $${Figures.month(plan.bill)} a month, but it is not shown to meet the limit: ` +
            `${plan.judged.latency.remark ?? 'the limit lies within its interval; measure with more launches'}.`,
    ];

    function answer(month, question, demand) {
        const { limitMs } = question,
            { plan } = month;
        const rows = [];
        if (!plan) {
            rows.push(
                month.outcome === 'undecided'
                    ? [
                          'Undecided',
                          'no acceptable cell is shown to meet the limit, nor that none does.' + Decision.fastest(month.judged, question),
                      ]
                    : [
                          'No solution',
                          limitMs === null
                              ? 'no cell is acceptable, or none can do so many.'
                              : 'no cell is acceptable and not shown to miss the limit, or none leaves time to wait.',
                      ],
            );
            if (month.cheaper) rows.push(unshown(month.cheaper));
            return rows;
        }
        const share =
            plan.sold && plan.shares < plan.bill - 0.005
                ? ` The part of it that is needed would be $${Figures.month(plan.shares)}; the catalogue has no such offer.`
                : '';
        rows.push([
            'Plan',
            `${name(plan)}, ${machinesText(plan)}: $${Figures.month(plan.bill)} a month${how(plan, limitMs, demand)}.${share}`,
        ]);
        rows.push([
            'Work',
            `${Figures.grouped(plan.workHours, 2)} hours` +
                (limitMs === null
                    ? `, ${Figures.grouped(plan.hoursOn, 2)} for each of ${Figures.grouped(plan.machines, 0)}`
                    : ` of ${Figures.groupedAtMost(Month.hoursPerMonth(demand.hours) * plan.machines, 1)}`) +
                (plan.byUse !== null && plan.byUse < plan.bill
                    ? `; for work that can wait, paid by use${allParts(plan)} with a start of ` +
                      `${Figures.atMost(plan.judged.candidate.startMs / 1000, 1)} s a day, $${Figures.month(plan.byUse)}.`
                    : '.') +
                (limitMs === null ? ' Without a limit it may be done at any time.' : ''),
        ]);
        if (limitMs !== null)
            rows.push([
                'Peak',
                `${Figures.atMost(demand.peakFactor, 2)} times the mean, ` +
                    `${Figures.groupedAtMost(Month.meanRate(demand) * demand.peakFactor, 2)} images a second; ` +
                    `each ${word(plan)} works ${Figures.percent(plan.busy)} of that time. ` +
                    (plan.basis === 'computed' && plan.fewest < plan.machines
                        ? `${Figures.grouped(plan.fewest, 0)} could do the work; more of them keep requests from waiting too long. `
                        : '') +
                    (plan.basis === 'measured'
                        ? 'That the limit is met at such a rate was measured.'
                        : 'That the limit is met while images arrive at random moments is computed, not measured: ' +
                          'bench run --rate measures it.'),
            ]);
        if (month.cheaper) rows.push(unshown(month.cheaper));
        const { runnerUp } = month;
        rows.push([
            'Runner-up',
            !runnerUp
                ? 'no other machine is shown to do it.'
                : `${name(runnerUp)}, ${machinesText(runnerUp)}: $${Figures.month(runnerUp.bill)} a month` +
                  `${how(runnerUp, limitMs, demand)}.` +
                  (runnerUp.isOwn
                      ? ''
                      : ` It would win below $${Figures.usd((hour(runnerUp) * plan.bill) / runnerUp.bill)} an hour` +
                        (runnerUp.sold ? ` of ${runnerUp.sold.instance}.` : '.')),
        ]);
        for (const change of month.changes)
            rows.push([
                'Volume',
                `${change.isAbove ? 'rising' : 'falling'} to ${Figures.grouped(change.images, 0)} images a month, ` +
                    `another machine becomes the cheapest: ` +
                    `${name(change.plan)}, $${Figures.month(change.plan.bill)} there.`,
            ]);
        for (const turn of month.turns)
            rows.push([
                'Own',
                `at ${Figures.grouped(turn.images, 0)} images a month one's own, ${turn.own.judged.candidate.hardware} ` +
                    `($${Figures.month(turn.own.bill)}), is cheaper than a rented one, ${turn.rented.judged.candidate.hardware} ` +
                    `($${Figures.month(turn.rented.bill)}); a little ${turn.ownFromThere ? 'below' : 'above'} that it is not.`,
            ]);
        return rows;
    }

    return { answer };
})();
