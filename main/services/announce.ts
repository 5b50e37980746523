import type { Changed, Events } from './events.ts';

type AnyHandler = (input: never, signal: AbortSignal) => unknown;

/**
 * Handlers that say what they changed once they have succeeded: a list of kinds by method. The id told is the input's,
 * where it has one.
 */
export function announcing<H extends Record<keyof H, AnyHandler>>(handlers: H, events: Events, changes: { [M in keyof H]?: Changed[] }): H {
  const wrapped = Object.entries<AnyHandler>(handlers).map(([method, handler]) => {
    const kinds = changes[method as keyof H];
    return [method, kinds ? announced(handler, (id) => kinds.forEach((what) => events.changed(what, id))) : handler];
  });
  return Object.fromEntries(wrapped) as H;
}

/** After this method, something else is to be done as well. */
export function doAfter<H extends Record<keyof H, AnyHandler>>(handlers: H, methods: (keyof H)[], then: () => void): H {
  const wrapped = methods.map((method) => [method, announced(handlers[method], then)]);
  return { ...handlers, ...Object.fromEntries(wrapped) } as H;
}

function announced(handler: AnyHandler, announce: (id: string | null) => void): AnyHandler {
  return async (input, signal) => {
    const result: unknown = await handler(input, signal);
    announce(idOf(input));
    return result;
  };
}

function idOf(input: unknown): string | null {
  return typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string' ? input.id : null;
}
