// What Vega and Vega-Lite expect of a host and plain ECMAScript lacks. Neither window nor document: without them Vega draws text, not on a screen.
(function (host) {
  const say = level => (...parts) => __say(level, parts.map(String).join(' '));
  host.self = host;
  host.console = { log: say('log'), info: say('info'), warn: say('warn'), error: say('error'), debug: say('debug') };
  host.setTimeout = work => { Promise.resolve().then(work); return 0; };
  host.clearTimeout = host.clearInterval = () => {};
  host.setInterval = () => 0;
  host.structuredClone = function clone(value) {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(clone);
    if (value instanceof Date) return new Date(+value);
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof Map) return new Map([...value].map(clone));
    if (value instanceof Set) return new Set([...value].map(clone));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clone(inner)]));
  };
  // Without a canvas Vega takes every letter for 0.8 of the font's size, which spreads everything out; sans-serif letters are narrower.
  const letter = character => 'iljtf.,:;|\'!()[] '.includes(character) ? 0.33 : 'mwMW%'.includes(character) ? 0.9 : '+=~<>'.includes(character) ? 0.84 : character >= 'A' && character <= 'Z' ? 0.7 : 0.6;
  const width = (item, text) => {
    const size = item.fontSize ?? 11;
    const bold = item.fontWeight === 'bold' || item.fontWeight >= 600 ? 1.1 : 1;
    return [...String(text ?? '')].reduce((sum, character) => sum + letter(character), 0) * size * bold;
  };
  host.__render = async function (text) {
    vega.textMetrics.width = width;
    vega.resetSVGDefIds(); // ids count on from picture to picture, and the same picture must be the same text
    const compiled = vegaLite.compile(JSON.parse(text)).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: vega.Warn });
    try { return await view.toSVG(); } finally { view.finalize(); }
  };
})(globalThis);
