import { Square } from 'lucide-react';
import { useState } from 'react';
import type { EngineStatus } from '../../main/contract/model.ts';
import type { AdapterUse, PersonaDraft } from '../../main/contract/persona.ts';
import { useCall, useStream } from '../api.ts';
import { hrefOf } from '../app/route.ts';
import { useEngine } from '../models/EnginePanel.tsx';
import { t } from '../messages.ts';
import { Button, Callout, ErrorState, Field, Section, TextArea } from '../ui/index.ts';
import { fitting } from './draft.ts';

type Side = 'with' | 'without';
type Texts = Record<Side, string>;

/** The same question with the overlay and without it, streaming side by side. Works on the draft, saved or not. */
export function Compare({ draft }: { draft: PersonaDraft }) {
  const adapters = useCall('persona.adapters', {}).data ?? [];
  const engine = useEngine();
  const uses = fitting(draft.adapters, adapters);
  const lacking = lack(engine, uses.length);
  return (
    <Section title={t('compare.title')} hint={t('compare.help')}>
      {lacking === null ? (
        <Comparison instructions={draft.instructions} uses={uses} />
      ) : (
        <Callout action={lacking === 'model' ? <a href={hrefOf({ screen: 'models', id: null })}>{t('compare.openModels')}</a> : null}>
          {t(lacking === 'model' ? 'compare.noModel' : 'compare.noAdapters')}
        </Callout>
      )}
    </Section>
  );
}

function lack(engine: EngineStatus | null, adapters: number): 'model' | 'adapters' | null {
  if (!engine?.chatModel) return 'model';
  return adapters === 0 ? 'adapters' : null;
}

function Comparison({ instructions, uses }: { instructions: string; uses: AdapterUse[] }) {
  const [question, setQuestion] = useState('');
  const [texts, setTexts] = useState<Texts | null>(null);
  const stream = useStream('persona.compare', ({ side, text }) =>
    setTexts((before) => before && { ...before, [side]: before[side] + text }),
  );
  const run = () => {
    setTexts({ with: '', without: '' });
    void stream.start({ instructions, adapters: uses, question: question.trim() || t('compare.example') });
  };
  return (
    <>
      <Question question={question} onQuestion={setQuestion} running={stream.running} onRun={run} onStop={stream.stop} />
      {stream.error ? <ErrorState small error={stream.error} onRetry={run} /> : null}
      {texts ? <Answers texts={texts} running={stream.running} /> : null}
    </>
  );
}

type QuestionProps = { question: string; onQuestion: (text: string) => void; running: boolean; onRun: () => void; onStop: () => void };

function Question({ question, onQuestion, running, onRun, onStop }: QuestionProps) {
  return (
    <form
      className="compare-question"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <Field label={t('compare.question')} hideLabel>
        {(control) => (
          <TextArea
            {...control}
            className="compare-box"
            rows={1}
            maxLength={4_000}
            placeholder={t('compare.example')}
            value={question}
            onChange={(event) => onQuestion(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              onRun();
            }}
          />
        )}
      </Field>
      {running ? (
        <Button icon={<Square aria-hidden />} onClick={onStop}>
          {t('compare.stop')}
        </Button>
      ) : (
        <Button type="submit">{t('compare.run')}</Button>
      )}
    </form>
  );
}

function Answers({ texts, running }: { texts: Texts; running: boolean }) {
  const same = !running && texts.with !== '' && texts.with.trim() === texts.without.trim();
  return (
    <>
      <div className="compare-sides">
        {(['with', 'without'] as const).map((side) => (
          <section key={side} className="compare-side" aria-label={t(`compare.${side}`)} aria-busy={running}>
            <h3>{t(`compare.${side}`)}</h3>
            <p className={texts[side] ? 'compare-text' : 'muted'}>{texts[side] || waiting(side, texts, running)}</p>
          </section>
        ))}
      </div>
      <p className="muted small" role="status">
        {same ? t('compare.same') : ''}
      </p>
    </>
  );
}

/** The answers come one after the other. */
function waiting(side: Side, texts: Texts, running: boolean): string {
  if (!running) return t('compare.waiting');
  return t(side === 'without' && texts.with === '' ? 'compare.queued' : 'compare.writing');
}
