// What is the cheapest for a limit, at whatever prices: as DecisionRule does it.
const Decision = (() => {
    const latency = (candidate, question) => candidate.latency[question.quantile];
    const cost = (candidate, price) =>
        price.given === null
            ? candidate.cost
            : {
                  usd: candidate.costPerUsd * price.given,
                  halfWidth: candidate.halfWidthPerUsd === null ? null : candidate.halfWidthPerUsd * price.given,
                  low: candidate.costPerUsd * price.given,
                  high: candidate.costPerUsd * price.given,
              };

    function against(candidate, question) {
        const { lowerMs, upperMs } = latency(candidate, question);
        const { limitMs } = question;
        const holds = candidate.holdsRate ?? 'feasible';
        const meets =
            limitMs === null || (upperMs !== null && upperMs <= limitMs)
                ? 'feasible'
                : lowerMs !== null && lowerMs > limitMs
                  ? 'infeasible'
                  : 'undecided';
        return [holds, meets].includes('infeasible') ? 'infeasible' : [holds, meets].includes('undecided') ? 'undecided' : 'feasible';
    }

    // The candidates in the order in which they are looked at, each with its price, cost and state.
    function judge(model, prices, question) {
        const isRate = question.imagesPerSecond !== null;
        const all = model.candidates.map((candidate, index) => {
            const price = prices[candidate.price];
            return {
                candidate,
                index,
                price,
                cost: cost(candidate, price),
                latency: latency(candidate, question),
                state: against(candidate, question),
                isAcceptable: candidate.objections.length === 0,
            };
        });
        const known = value => (value === null ? Infinity : value);
        return all.sort(
            (a, b) =>
                a.cost.usd - b.cost.usd ||
                (isRate
                    ? known(a.latency.estimateMs) - known(b.latency.estimateMs) ||
                      0 ||
                      a.candidate.streams - b.candidate.streams ||
                      a.candidate.batch - b.candidate.batch
                    : 0) ||
                (a.candidate.label < b.candidate.label ? -1 : a.candidate.label > b.candidate.label ? 1 : a.index - b.index),
        );
    }

    // The choice, what it is tied with, and what comes next.
    function choose(model, judged, question) {
        const isRate = question.imagesPerSecond !== null;
        const feasible = judged.filter(one => one.isAcceptable && one.state === 'feasible');
        const choice = feasible[0] ?? null;
        // Null: nothing is known that would tell the two apart.
        const isTie = other => {
            const largest = isRate ? 1 + 1e-9 : model.ties[choice.index][other.index];
            return largest === null || other.cost.usd / choice.cost.usd <= largest;
        };
        const tied = choice ? feasible.slice(1).filter(isTie) : [];
        const runnerUp = feasible.slice(1).find(other => !isRate || !tied.includes(other)) ?? null;
        return {
            choice,
            tied,
            runnerUp: runnerUp && tied.includes(runnerUp) ? null : runnerUp,
            outcome: choice ? 'chosen' : judged.some(one => one.isAcceptable && one.state === 'undecided') ? 'undecided' : 'no-solution',
        };
    }

    // Below which price of an hour a loser would be the choice; null where it has no price of its own, or no price would do.
    const wouldWinBelow = (one, choice) =>
        !choice || one === choice || one.state !== 'feasible' || !one.isAcceptable || one.price === choice.price
            ? null
            : (one.price.usdPerHour * choice.cost.usd) / one.cost.usd;

    // The first few names, and how many more there are.
    const few = names => (names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`);

    // The fastest of those that nothing is shown of.
    function fastest(judged, { quantile, limitMs }) {
        const one = judged
            .filter(one => one.isAcceptable && one.state === 'undecided' && one.latency.estimateMs !== null)
            .reduce((best, one) => (best && best.latency.estimateMs <= one.latency.estimateMs ? best : one), null);
        if (!one) return '';
        const which = quantile === 'mean' ? 'mean' : quantile.toUpperCase();
        return (
            ` The fastest is ${one.candidate.name}: its ${which} is about ${Figures.ms(one.latency.estimateMs)} ms` +
            (limitMs !== null && one.latency.estimateMs > limitMs ? ', beyond the limit by this estimate.' : '.')
        );
    }

    function sentence(model, judged, question, chance) {
        const { choice, tied, runnerUp, outcome } = choose(model, judged, question);
        const rate = question.imagesPerSecond;
        const within =
            (question.limitMs === null
                ? 'Without a time limit'
                : `${question.quantile === 'mean' ? 'Mean' : question.quantile.toUpperCase()} within ${question.limitMs} ms`) +
            (rate === null ? '' : ` for ${rate} images a second`);
        const named = one => `${one.candidate.name} ($${Figures.usd(one.cost.usd)})`;
        if (!choice)
            return judged.length === 0
                ? 'None: no cell of this model has a time and a price.'
                : outcome === 'undecided'
                  ? `${within}: undecided. No acceptable cell is shown to meet it, nor that none does.${fastest(judged, question)}`
                  : `${within}: no solution.`;
        const saves =
            runnerUp &&
            `It saves $${Figures.usd(runnerUp.cost.usd - choice.cost.usd)} ` +
                `(${Figures.fixed(100 * (1 - choice.cost.usd / runnerUp.cost.usd), 0)} %) against ${runnerUp.candidate.name}.`;
        return [
            `${within}: ${choice.candidate.name}, $${Figures.usd(choice.cost.usd)} per million images.`,
            tied.length &&
                `A tie: ${rate === null ? 'nothing measured tells its cost from that of' : 'it costs the same as'} ` +
                    `${few(tied.map(named))}; ` +
                    `the one with the lowest ${rate === null ? 'estimate' : 'latency'} is named.`,
            saves || (tied.length ? '' : 'Nothing else is shown to meet the limit.'),
            chance !== null && `It is the cheapest in ${Figures.chance(chance)} of the simulated draws of times.`,
        ]
            .filter(Boolean)
            .join(' ');
    }

    return { judge, choose, sentence, fastest, wouldWinBelow };
})();
