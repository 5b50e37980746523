import { useState } from 'react';
import type { Persona } from '../../main/contract/persona.ts';
import { api } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Field, notify, Select, TextArea } from '../ui/index.ts';

/** Writes a memory by hand, for every persona or for one that keeps its own. */
export function RememberBox({ personas }: { personas: readonly Persona[] }) {
  const [text, setText] = useState('');
  const [personaId, setPersonaId] = useState('');
  const [busy, setBusy] = useState(false);
  // Only a persona with its own memory can have something that the others do not know.
  const keepers = personas.filter(({ memoryScope }) => memoryScope === 'own');

  const remember = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const scope = personaId ? 'own' : 'shared';
    const memory = await attempt(() => api.memory.remember({ text, scope, personaId: personaId || null }));
    setBusy(false);
    if (!memory) return;
    setText('');
    notify({ message: t('memory.remembered') });
  };
  return (
    <form
      className="remember"
      onSubmit={(event) => {
        event.preventDefault();
        void remember();
      }}
    >
      <Field label={t('memory.remember')} hideLabel>
        {(control) => (
          <TextArea
            {...control}
            className="remember-text"
            rows={1}
            maxLength={10_000}
            placeholder={t('memory.rememberPlaceholder')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void remember();
            }}
          />
        )}
      </Field>
      {keepers.length > 0 ? (
        <Select
          aria-label={t('memory.rememberScope')}
          className="remember-scope"
          value={personaId}
          options={[
            { value: '', label: t('memory.scopeShared') },
            ...keepers.map(({ id, name }) => ({ value: id, label: t('memory.scopeOwn', { persona: name }) })),
          ]}
          onValue={setPersonaId}
        />
      ) : null}
      <Button type="submit" look="primary" busy={busy} disabled={!text.trim()}>
        {t('memory.rememberAction')}
      </Button>
    </form>
  );
}
