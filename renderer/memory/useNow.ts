import { useEffect, useState } from 'react';
import { nextTick } from './countdown.ts';

/** The time, again every so many milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** Milliseconds left until then, redrawn whenever the shown time changes; 0 and still once it has passed. */
export function useTimeLeft(until: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, until - now);
  useEffect(() => {
    const wait = nextTick(left);
    if (wait === null) return;
    const timer = setTimeout(() => setNow(Date.now()), wait);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
