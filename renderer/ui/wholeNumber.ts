/** A whole number within the limits, or null for what somebody has not finished typing. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
