// What a month costs: as Capacity, MonthRule and MonthBuilder do it.
const Month = (() => {
    const hoursOfMonth = 730,
        mostMachines = 1e6,
        secondsPerHour = 3600,
        msPerHour = 3600000;
    const hoursPerMonth = hours => (((hoursOfMonth * hours.perDay) / 24) * hours.days) / 7;
    const daysPerMonth = hours => ((hoursOfMonth / 24) * hours.days) / 7;
    const isAlways = hours => hours.perDay === 24 && hours.days === 7;
    const meanRate = demand => demand.imagesPerMonth / (hoursPerMonth(demand.hours) * secondsPerHour);
    const countFor = (sold, machines) => Math.ceil(machines / sold.whole - 1e-9);
    const basisOrder = ['measured', 'computed', 'throughput'];

    // How many requests a second a machine takes; null if no rate meets the limit.
    function capacity({ candidate, latency }, { limitMs, quantile }, data) {
        if (candidate.openRate !== null)
            return limitMs === null || (latency.upperMs !== null && latency.upperMs <= limitMs)
                ? { requests: candidate.openRate, basis: 'measured' }
                : null;
        if (limitMs === null) return { requests: candidate.mostRequests, basis: 'throughput' };
        const service = latency.upperMs ?? latency.estimateMs;
        if (service === null || service > limitMs) return null;
        const wait = (limitMs - service) / service;
        const load = data.loads[data.waits[candidate.streams][quantile].findIndex(needed => needed <= wait)];
        return load === undefined
            ? null
            : {
                  requests: Math.min(candidate.mostRequests * data.loads[0], (load * candidate.streams * 1000) / service),
                  basis: 'computed',
              };
    }

    function plan(judged, capacity, { limitMs }, demand) {
        if (!capacity) return null;
        const { candidate, price } = judged;
        const images = capacity.requests * candidate.batch;
        const needed =
            limitMs === null
                ? demand.imagesPerMonth / images / secondsPerHour / hoursOfMonth
                : (meanRate(demand) * demand.peakFactor) / images;
        if (!(needed <= mostMachines)) return null;
        const machines = Math.max(1, Math.ceil(needed));
        const plans = (price.own || price.sold.length === 0 ? [null] : price.sold).map(sold =>
            withMachines(judged, capacity, limitMs, demand, machines, sold),
        );
        return plans.reduce((best, other) => (other.bill < best.bill ? other : best));
    }

    function withMachines(judged, capacity, limitMs, demand, needed, sold) {
        const { candidate, price } = judged;
        // What is paid works: without a limit all devices of what is sold share the work, and it is over sooner.
        const machines = sold && sold.whole >= 1 && limitMs === null ? countFor(sold, needed) * sold.whole : needed;
        const workHours = (demand.imagesPerMonth * candidate.workMs) / msPerHour;
        const startHours = ((limitMs === null ? 1 : daysPerMonth(demand.hours)) * candidate.startMs) / msPerHour;
        const hoursOn = limitMs === null ? workHours / machines + startHours : hoursPerMonth(demand.hours);
        const owned = price.own && machines * price.own.perMonth + workHours * price.own.energyPerHour;
        const shares = (sold ? (machines / sold.holds) * sold.usdPerHour : machines * price.usdPerHour) * hoursOn;
        return {
            judged,
            machines,
            workHours,
            hoursOn,
            sold,
            basis: capacity.basis,
            isOwn: Boolean(price.own),
            state: judged.state,
            objections: [...candidate.objections, ...unfilled(judged, machines, limitMs, demand)],
            busy: Math.min(1, (meanRate(demand) * demand.peakFactor * candidate.workMs) / 1000 / machines),
            bill: price.own ? owned : sold ? countFor(sold, machines) * sold.usdPerHour * hoursOn : shares,
            shares: price.own ? owned : shares,
            energy: price.own ? workHours * price.own.energyPerHour : 0,
            fewest: Math.max(1, Math.ceil((meanRate(demand) * demand.peakFactor * candidate.workMs) / 1000)),
            byUse: price.own || limitMs === null ? null : byUse(price, workHours, startHours),
            offers: sold ? countFor(sold, machines) : 0,
        };
    }

    // Nobody sells an hour of a part, so that all parts of what is sold share the work.
    const byUse = (price, workHours, startHours) =>
        price.sold.length === 0
            ? (workHours + startHours) * price.usdPerHour
            : Math.min(
                  ...price.sold.map(sold =>
                      sold.whole >= 1
                          ? (workHours / sold.whole + startHours) * sold.usdPerHour
                          : (workHours + startHours) * countFor(sold, 1) * sold.usdPerHour,
                  ),
              );

    const time = ms => (ms >= 1000 ? `${Figures.atMost(ms / 1000, 1)} s` : `${Figures.atMost(ms, 1)} ms`);

    // A request of many images has to wait until they are there, and the last of many requests for the others.
    function unfilled({ candidate, latency }, machines, limitMs, demand) {
        if (limitMs === null) return [];
        const found = [],
            takes = latency.upperMs ?? latency.estimateMs ?? 0;
        const requests = Math.ceil(demand.together / candidate.batch),
            turns = Math.ceil(requests / (candidate.streams * machines));
        if (turns > 1 && turns * takes > limitMs)
            found.push(
                `the ${Figures.grouped(requests, 0)} requests of a volume come together and take ${Figures.grouped(turns, 0)} turns, ` +
                    `${time(turns * takes)} in all: beyond the limit`,
            );
        const missing = candidate.batch - demand.together;
        const fill = missing > 0 ? (missing / (meanRate(demand) / machines)) * 1000 : 0;
        if (missing > 0 && fill + takes > limitMs)
            found.push(
                `${candidate.batch} images for a request come together in ${time(fill)} at the mean rate, which is beyond the limit`,
            );
        return found;
    }

    const inOrder =
        (...keys) =>
        (a, b) => {
            for (const key of keys) {
                if (key(a) !== key(b)) return key(a) - key(b);
            }
            return 0;
        };
    const best = plans =>
        plans
            .filter(plan => plan.objections.length === 0 && plan.state === 'feasible')
            .sort(
                inOrder(
                    plan => plan.bill,
                    plan => plan.workHours,
                    plan => basisOrder.indexOf(plan.basis),
                ),
            )[0] ?? null;

    // The nearest volumes in a direction between which something begins to hold; null if there are none that are not too far.
    function first(from, isAbove, holds) {
        const step = Math.pow(10, (isAbove ? 1 : -1) / 20);
        for (
            let last = from, images = from * step;
            images >= 1 && images / from <= 1e5 && from / images <= 1e5;
            last = images, images *= step
        ) {
            if (!holds(images)) continue;
            for (let halving = 0; halving < 50; halving++) {
                const middle = Math.sqrt(last * images);
                if (holds(middle)) images = middle;
                else last = middle;
            }
            return { last, beyond: images };
        }
        return null;
    }

    // A volume in three digits at which something still holds; as it is if it does not hold there.
    function rounded(images, isUp, holds) {
        const unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(images)) - 2));
        const short = (isUp ? Math.ceil(images / unit) : Math.floor(images / unit)) * unit;
        return holds(short) ? short : isUp ? Math.ceil(images) : Math.floor(images);
    }

    function build(judged, question, demand, data) {
        const machine = plan => plan.judged.candidate.hardware;
        const options = judged.map(one => ({ one, capacity: one.isAcceptable ? capacity(one, question, data) : null }));
        const at = images =>
            options.map(option => plan(option.one, option.capacity, question, { ...demand, imagesPerMonth: images })).filter(Boolean);
        const plans = at(demand.imagesPerMonth).sort(
            inOrder(
                plan => plan.bill,
                plan => plan.workHours,
            ),
        );
        const chosen = best(plans);
        const isOther = images => {
            const plan = best(at(images));
            return plan !== null && machine(plan) !== machine(chosen);
        };
        const changes = chosen
            ? [false, true].flatMap(isAbove => {
                  const found = first(demand.imagesPerMonth, isAbove, isOther);
                  if (!found) return [];
                  const images = rounded(found.beyond, isAbove, isOther);
                  return [{ images, isAbove, plan: best(at(images)) }];
              })
            : [];
        const both = images => {
            const plans = at(images);
            return [best(plans.filter(plan => plan.isOwn)), best(plans.filter(plan => !plan.isOwn))];
        };
        const isOwnCheaper = images => {
            const [own, rented] = both(images);
            return own && rented ? own.bill < rented.bill : null;
        };
        const now = isOwnCheaper(demand.imagesPerMonth);
        const turns =
            now === null
                ? []
                : [false, true].flatMap(isAbove => {
                      const turn = first(demand.imagesPerMonth, isAbove, images => isOwnCheaper(images) === !now);
                      if (!turn) return [];
                      // Of the two sides the one on which one's own is cheaper.
                      const ownFromThere = isAbove ? !now : now;
                      const images = rounded(now ? turn.last : turn.beyond, ownFromThere, at => isOwnCheaper(at) === true);
                      const [own, rented] = both(images);
                      return own && rented ? [{ images, ownFromThere, own, rented }] : [];
                  });
        // Why what is acceptable has no plan: of a request alone it may meet the limit, or be shown nothing of.
        const unplanned = new Map(
            options
                .filter(({ one }) => one.isAcceptable && one.state === 'feasible' && !plans.some(plan => plan.judged === one))
                .map(({ one, capacity }) => [
                    one,
                    capacity ? 'it takes more than a million machines' : 'a request alone leaves no time to wait',
                ]),
        );
        return {
            judged,
            unplanned,
            plans,
            plan: chosen,
            changes,
            turns,
            cheaper:
                plans.find(plan => plan.objections.length === 0 && plan.state === 'undecided' && !(chosen && plan.bill >= chosen.bill)) ??
                null,
            runnerUp: chosen && best(plans.filter(plan => machine(plan) !== machine(chosen))),
            outcome: chosen
                ? 'chosen'
                : judged.some(
                        one =>
                            one.isAcceptable &&
                            one.state === 'undecided' &&
                            !plans.some(plan => plan.judged === one && plan.objections.length > 0),
                    )
                  ? 'undecided'
                  : 'no-solution',
        };
    }

    return { build, hoursPerMonth, meanRate, isAlways };
})();
