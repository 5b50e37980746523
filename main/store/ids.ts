import { randomUUID } from 'node:crypto';

/** Whether an id of a file may become one here: such as we make ourselves, which no other file has by chance. */
export const isOurId = (id: string | undefined): id is string => id !== undefined && /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id);

let last = 0;

/**
 * An id that sorts behind those made before it (RFC 9562, version 7): thousands at once stand side by side in an index,
 * where random ones would each touch a page of their own.
 */
export function idInOrder(now = Date.now()): string {
  last = Math.max(last + 1, now * steps);
  const [time, step] = [Math.floor(last / steps), last % steps];
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${step.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`;
}

/** Within a millisecond. */
const steps = 4_096;
