// Where inspect breaks lines: on one line when it is short and shallow, long lists of short values in columns.
const wide = /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const textWidth = (text) => {
  let width = 0;
  for (const c of text) if (!/\p{Mn}|\u200B|\u200D|\uFE0F/u.test(c)) width += wide.test(c) ? 2 : 1;
  return width;
};
const groupColumns = (ctx, output, value) => {
  const cut = ctx.maxArrayLength < output.length; // the last entry is "... more items"
  const length = output.length - (cut ? 1 : 0);
  const widths = output.slice(0, length).map((s) => (/^[ -~]*$/.test(s) ? s.length : textWidth(s)));
  const total = widths.reduce((n, w) => n + w + 2, 0);
  const longest = Math.max(...widths);
  const widest = longest + 2;
  if (!(widest * 3 + ctx.indentation < ctx.breakLength && (total / widest > 5 || longest <= 6))) return output;
  const biased = Math.max(widest - 3 - Math.sqrt(widest - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * length) / biased),
    Math.floor((ctx.breakLength - ctx.indentation) / widest),
    ctx.compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const columnWidths = Array.from({ length: columns }, (_, c) => {
    let w = 0;
    for (let i = c; i < length; i += columns) w = Math.max(w, widths[i]);
    return w + 2;
  });
  const numeric = value !== undefined && output.every((_, i) => typeof value[i] === 'number' || typeof value[i] === 'bigint');
  const pad = (text, width, extra) => (numeric ? text.padStart(width + extra) : text.padEnd(width + extra));
  const lines = [];
  for (let i = 0; i < length; i += columns) {
    const end = Math.min(i + columns, length);
    let line = '';
    let j = i;
    for (; j < end - 1; j++) line += pad(`${output[j]}, `, columnWidths[j - i], output[j].length - widths[j]);
    lines.push(line + (numeric ? pad(output[j], columnWidths[j - i] - 2, output[j].length - widths[j]) : output[j]));
  }
  if (cut) lines.push(output[length]);
  return lines;
};

const layout = (ctx, output, base, braces, list, depth, value) => {
  const head = base ? `${base} ` : '';
  if (ctx.compact !== false && ctx.compact !== true) {
    const entries = output.length;
    if (list && entries > 6) output = groupColumns(ctx, output, value);
    if (ctx.currentDepth - depth < ctx.compact && entries === output.length) {
      const start = output.length + ctx.indentation + braces[0].length + base.length + 10;
      const total = output.reduce((n, s) => n + s.length, output.length + start);
      const joined = output.join(', ');
      if (total <= ctx.breakLength && !base.includes('\n') && !joined.includes('\n')) return `${head}${braces[0]} ${joined} ${braces[1]}`;
    }
  }
  const indent = `\n${' '.repeat(ctx.indentation)}`;
  return `${head}${braces[0]}${indent}  ${output.join(`,${indent}  `)}${indent}${braces[1]}`;
};
