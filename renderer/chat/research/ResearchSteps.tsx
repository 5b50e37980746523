import { Check, LoaderCircle, MessageSquare, Telescope } from 'lucide-react';
import { useState } from 'react';
import type { Message } from '../../../main/contract/conversation.ts';
import type { Research, ResearchStep } from '../../../main/contract/research.ts';
import { hrefOfNote } from '../../app/route.ts';
import { t } from '../../messages.ts';
import { Button } from '../../ui/index.ts';
import { useChatTools } from '../chatTools.ts';
import type { Turn } from '../fold.ts';
import { stepWords, summaryWords } from './words.ts';
import './research.css';

type Props = { message: Message; /** Set while the answer is being made. */ turn: Turn | null; /** No turn is running. */ idle: boolean };

/** Above a report: what was looked for, step by step, and the notes that each came upon. Open while it grows, then folded. */
export function ResearchSteps({ message, turn, idle }: Props) {
  const { research } = message;
  const running = turn !== null && turn.phase !== 'failed' && turn.text === '';
  return research ? <Steps message={message} research={research} running={running} idle={idle} /> : null;
}

function Steps({ message, research, running, idle }: { message: Message; research: Research; running: boolean; idle: boolean }) {
  const { answerDirectly } = useChatTools();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? running;
  return (
    <section className="research" aria-label={t('research.label')}>
      <div className="research-head">
        <button type="button" className="research-fold" aria-expanded={isOpen} onClick={() => setChosen(!isOpen)}>
          {running ? <LoaderCircle className="button-turning" aria-hidden /> : <Telescope aria-hidden />}
          <span>{summaryWords(research, running)}</span>
        </button>
        {running ? null : (
          <Button size="small" look="quiet" icon={<MessageSquare aria-hidden />} disabled={!idle} onClick={() => answerDirectly(message)}>
            {t('research.direct')}
          </Button>
        )}
      </div>
      {isOpen ? (
        <ol className="research-steps" role="list">
          {research.steps.map((step, index) => (
            <Step key={index} step={step} running={running} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function Step({ step, running }: { step: ResearchStep; running: boolean }) {
  const isUnderWay = running && step.found === null;
  return (
    <li className="research-step">
      {isUnderWay ? <LoaderCircle className="button-turning" aria-hidden /> : <Check aria-hidden />}
      <div>
        <p>{stepWords(step)}</p>
        {step.notes.length > 0 ? (
          <ul className="research-finds" role="list">
            {step.notes.map(({ noteId, title, place }) => (
              <li key={noteId}>
                <a href={hrefOfNote(noteId, place)}>{title}</a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}
