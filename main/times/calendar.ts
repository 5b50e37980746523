/** Days, weeks, months, seasons and years around a moment, in the machine's time zone. Pure. */

/** Unix times, milliseconds: the first midnight in it, and the first one after it. */
export type Span = { from: number; until: number };

export const units = ['day', 'week', 'month', 'year'] as const;
export type Unit = (typeof units)[number];

/** Days away from the day of this moment, `length` of them. */
export const days = (at: Date, offset: number, length = 1): Span => ({
  from: dayOf(at.getFullYear(), at.getMonth(), at.getDate() + offset),
  until: dayOf(at.getFullYear(), at.getMonth(), at.getDate() + offset + length),
});

/** From Monday to Sunday. */
export const week = (at: Date, offset: number): Span => days(at, mondayOf(at) + 7 * offset, 7);
export const weekend = (at: Date, offset: number): Span => days(at, mondayOf(at) + 7 * offset + 5, 2);
export const month = (year: number, index: number, length = 1): Span => ({ from: dayOf(year, index, 1), until: dayOf(year, index + length, 1) });
export const year = (number: number, length = 1): Span => ({ from: dayOf(number, 0, 1), until: dayOf(number + length, 0, 1) });

/** Of the northern half: 0 winter, from the December of that year on, 1 spring, 2 summer, 3 autumn. */
export const season = (number: number, index: number): Span => month(number, index === 0 ? 11 : 3 * index - 1, 3);

/** The week, month or year so many from the one of this moment. */
export function unitSpan(at: Date, unit: Unit, offset: number): Span {
  switch (unit) {
    case 'day':
      return days(at, offset);
    case 'week':
      return week(at, offset);
    case 'month':
      return month(at.getFullYear(), at.getMonth() + offset);
    case 'year':
      return year(at.getFullYear() + offset);
  }
}

/** "Two weeks ago" is some day around then, "two months ago" some day of that month. */
export function away(at: Date, unit: Unit, offset: number): Span {
  return unit === 'week' ? days(at, 7 * offset - 3, 7) : unitSpan(at, unit, offset);
}

/** The same day so many units on. */
export function moved(at: Date, unit: Unit, offset: number): number {
  const [byYear, byMonth, byDay] = [unit === 'year' ? offset : 0, unit === 'month' ? offset : 0, unit === 'week' ? 7 * offset : unit === 'day' ? offset : 0];
  return dayOf(at.getFullYear() + byYear, at.getMonth() + byMonth, at.getDate() + byDay);
}

/** The nearest such day before this one, or after it. */
export function weekday(at: Date, index: number, ahead: boolean): Span {
  const back = (at.getDay() - index + 7) % 7;
  return days(at, ahead ? 7 - back : -(back || 7));
}

export const weekdayOf = (from: number, index: number): Span => days(new Date(from), (index + 6) % 7);

export const holidays = ['christmas', 'christmasEve', 'newYear', 'newYearsEve', 'easter', 'halloween', 'valentine', 'thanksgiving'] as const;
export type Holiday = (typeof holidays)[number];

/** `main`: the day that "three weeks before" is counted from. */
export function holiday(name: Holiday, number: number): Span & { main: number } {
  const of = (monthIndex: number, [first, main, last]: [number, number, number]) => ({
    from: dayOf(number, monthIndex, first), main: dayOf(number, monthIndex, main), until: dayOf(number, monthIndex, last + 1),
  });
  switch (name) {
    case 'christmas':
      return of(11, [24, 25, 26]);
    case 'christmasEve':
      return of(11, [24, 24, 24]);
    case 'newYear':
      return of(0, [1, 1, 1]);
    case 'newYearsEve':
      return of(11, [31, 31, 31]);
    case 'halloween':
      return of(9, [31, 31, 31]);
    case 'valentine':
      return of(1, [14, 14, 14]);
    case 'easter': {
      const sunday = easterSunday(number);
      return of(2, [sunday - 2, sunday, sunday + 1]);
    }
    case 'thanksgiving': {
      const thursday = 22 + ((11 - new Date(number, 10, 1).getDay()) % 7);
      return of(10, [thursday, thursday, thursday]);
    }
  }
}

/** As a day of March, beyond 31 in April. Gauss's rule as Meeus, Jones and Butcher wrote it down. */
function easterSunday(number: number): number {
  const [golden, century, ofCentury] = [number % 19, Math.floor(number / 100), number % 100];
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  return epact + toSunday - 7 * late + 22;
}

export const dayOf = (number: number, monthIndex: number, day: number): number => new Date(number, monthIndex, day).getTime();

/** Days from this one to its week's Monday, 0 or less. */
const mondayOf = (at: Date) => -((at.getDay() + 6) % 7);
