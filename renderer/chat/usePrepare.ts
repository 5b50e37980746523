import { useMemo, useRef, useState } from 'react';
import { prepare, setPersona } from './setPersona.ts';

/** Keeps the engine a step ahead of the owner: when a persona is picked, and at the first letter typed. */
export function usePrepare(conversationId: string) {
  const [preparing, setPreparing] = useState(false);
  const begun = useRef(false);
  const actions = useMemo(
    () => ({
      choosePersona: (personaId: string) => {
        begun.current = true;
        void setPersona(conversationId, personaId, setPreparing);
      },
      /** By the time the question is written, everything before it has been read. */
      ahead: () => {
        if (begun.current) return;
        begun.current = true;
        void prepare(conversationId);
      },
    }),
    [conversationId],
  );
  return { preparing, ...actions };
}
