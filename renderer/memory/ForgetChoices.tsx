import { useId } from 'react';
import type { ForgetPreview } from '../../main/contract/memory.ts';
import { t } from '../messages.ts';
import { Badge, Field, Select } from '../ui/index.ts';
import { CarrierItem } from './CarrierItem.tsx';
import { graceOptions } from './grace.ts';

export type Choice = {
  /** Keys of the places that were confirmed. */
  ticked: readonly string[];
  graceSeconds: number;
};
type Props = {
  preview: ForgetPreview;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  /** Other sentences of the same memory are to go, by their index. */
  onSentences: (sentences: readonly number[]) => void;
};

/** The sentence, the words it is searched by, every place that carries it, and when its bytes go. */
export function ForgetChoices({ preview, choice, onChoice, onSentences }: Props) {
  const { carriers, words } = preview;
  const { ticked, graceSeconds } = choice;
  const all = ticked.length === carriers.length;
  const title = useId();
  const toggle = (key: string, on: boolean) =>
    onChoice({ ...choice, ticked: on ? [...ticked, key] : ticked.filter((each) => each !== key) });

  return (
    <>
      <Sentences preview={preview} onSentences={onSentences} />
      <p className="forget-words">
        <span className="muted">{t('forget.words')}</span>
        {words.length > 0 ? words.map((word) => <Badge key={word}>{word}</Badge>) : <span className="muted">{t('forget.noWords')}</span>}
      </p>
      <section aria-labelledby={title} className="stack">
        <div>
          <h3 id={title}>{t('forget.carriers', { count: carriers.length })}</h3>
          <p className="field-note">{t('forget.carriersHelp')}</p>
        </div>
        {carriers.length > 1 ? (
          <label className="tick">
            <input
              type="checkbox"
              checked={all}
              ref={(box) => {
                if (box) box.indeterminate = !all && ticked.length > 0;
              }}
              onChange={() => onChoice({ ...choice, ticked: all ? [] : carriers.map(({ key }) => key) })}
            />
            {t('forget.all')}
          </label>
        ) : null}
        <ul role="list" className="carriers">
          {carriers.map((carrier) => (
            <CarrierItem key={carrier.key} carrier={carrier} ticked={ticked.includes(carrier.key)} onTick={(on) => toggle(carrier.key, on)} />
          ))}
        </ul>
        {all ? null : (
          <p className="field-note field-error" role="status">
            {t('forget.someLeft', { count: carriers.length - ticked.length })}
          </p>
        )}
      </section>
      <InNotes notes={preview.notes} />
      <Field label={t('forget.grace')} hint={t(graceSeconds === 0 ? 'forget.graceNoneHelp' : 'forget.graceHelp')}>
        {(control) => (
          <Select
            {...control}
            className="forget-grace"
            value={String(graceSeconds)}
            options={graceOptions(graceSeconds)}
            onValue={(value) => onChoice({ ...choice, graceSeconds: Number(value) })}
          />
        )}
      </Field>
    </>
  );
}

/** What the memory says. Where it says several things, each can go or stay. */
function Sentences({ preview: { sentences, sentence }, onSentences }: Pick<Props, 'preview' | 'onSentences'>) {
  if (sentences.length < 2) return <blockquote className="forget-sentence">{sentence}</blockquote>;
  const chosen = sentences.flatMap((each, index) => (each.chosen ? [index] : []));
  const toggle = (index: number, on: boolean) => onSentences(on ? [...chosen, index].sort((a, b) => a - b) : chosen.filter((each) => each !== index));
  return (
    <fieldset className="forget-sentences">
      <legend className="muted">{t('forget.sentences')}</legend>
      {sentences.map(({ text, chosen: on }, index) => (
        // Sentences of one message have no identity but their place.
        <label key={index} className="tick">
          <input type="checkbox" checked={on} disabled={on && chosen.length === 1} onChange={(event) => toggle(index, event.target.checked)} />
          <span className="forget-sentence">{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Files are the owner's: they are told of, and never written. */
function InNotes({ notes }: Pick<ForgetPreview, 'notes'>) {
  const title = useId();
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>{t('forget.notes')}</h3>
      <p className="field-note">{t('forget.notesHelp')}</p>
      <ul className="forget-notes">
        {notes.map((note) => (
          <li key={note.id}>
            {note.title} <span className="muted small">{note.path}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
