import { t } from '../messages.ts';
import { Field, TextArea, TextInput } from '../ui/index.ts';
import type { PartProps } from './part.ts';

const MOST_INSTRUCTIONS = 8_000;

/** Its name, and what it is told before every conversation. */
export function Identity({ draft, change, wrong, taken }: PartProps & { taken: boolean }) {
  const tooLong = wrong.has('instructions');
  const counted = { used: draft.instructions.length, most: MOST_INSTRUCTIONS };
  return (
    <div className="persona-part">
      <Field
        label={t('persona.name')}
        required
        error={wrong.has('name') && draft.name !== '' ? t('persona.nameFault') : null}
        hint={taken ? t('persona.nameTaken') : null}
      >
        {(control) => (
          <TextInput
            {...control}
            className="persona-name-input"
            maxLength={60}
            value={draft.name}
            placeholder={t('personas.newName')}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('persona.instructions')}
        hint={
          <span className="spread">
            <span>{t('persona.instructionsHelp')}</span>
            <span className="tabular persona-count">{t('persona.instructionsCount', counted)}</span>
          </span>
        }
        error={tooLong ? t('persona.instructionsFault', { most: MOST_INSTRUCTIONS }) : null}
      >
        {(control) => (
          <TextArea
            {...control}
            className="persona-instructions"
            rows={4}
            placeholder={t('persona.instructionsPlaceholder')}
            value={draft.instructions}
            onChange={(event) => change({ instructions: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
