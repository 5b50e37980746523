/** What `engram search` is to find, from what a shell hands over. Pure. */

const withValue = new Set(['--limit', '--data']);

/**
 * The parameters with everything that is to be found behind `--`: `-word` leaves a word out, and is no option. What begins
 * with two dashes is one, known or not.
 */
export function separateWords(parameters: readonly string[]): string[] {
  const command = parameters.findIndex((one, at) => !one.startsWith('-') && !withValue.has(parameters[at - 1] ?? ''));
  if (parameters[command] !== 'search' || parameters.includes('--')) return [...parameters];
  const options: string[] = [];
  const words: string[] = [];
  const rest = parameters.slice(command + 1);
  for (let at = 0; at < rest.length; at += 1) {
    const one = rest[at]!;
    if (withValue.has(one)) options.push(one, ...rest.slice((at += 1), at + 1));
    else if (one.startsWith('--') || one === '-h') options.push(one);
    else words.push(one);
  }
  return [...parameters.slice(0, command + 1), ...options, ...(words.length > 0 ? ['--', ...words] : [])];
}

/** One line as in the search box. A shell takes quotation marks away: of several parameters, one with spaces is a phrase. */
export function asTyped(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return words.map((word) => (/\s/u.test(word) && !word.includes('"') ? word.replace(/^(-?)((?:tag|path|folder|type|in|before|after):)?(.*)$/isu, '$1$2"$3"') : word)).join(' ');
}
