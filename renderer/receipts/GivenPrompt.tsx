import type { GivenPrompt as Given } from '../../main/contract/receipt.ts';
import { t } from '../messages.ts';
import { CopyButton } from '../ui/index.ts';

type Props = {
  prompt: Given | null;
  /** The words of the answer are a model’s. */
  asked: boolean;
  /** The answer is a quotation. */
  quoted: boolean;
};

const headings = { system: 'receipts.promptSystem', user: 'receipts.you', assistant: 'receipts.promptAssistant' } as const;

const headingOf = ({ role, text }: Given['messages'][number]) => t(role === 'user' && text.startsWith('<remembered>') ? 'receipts.promptUser' : headings[role]);

/** The whole prompt of an answer, to be read and copied. */
export function GivenPrompt({ prompt, asked, quoted }: Props) {
  return (
    <details className="receipts-given">
      <summary className="receipts-part">{t('receipts.promptTitle')}</summary>
      {prompt ? <Messages prompt={prompt} replaced={quoted && !asked} /> : <p className="receipts-note">{t(asked ? 'receipts.promptUnknown' : 'receipts.promptNone')}</p>}
    </details>
  );
}

function Messages({ prompt, replaced }: { prompt: Given; replaced: boolean }) {
  const { model, earlier } = prompt;
  const parts = partsOf(prompt);
  return (
    <>
      <div className="given-head">
        <p className="receipts-note">
          {t('receipts.promptNote', { model })} {replaced ? t('receipts.promptReplaced') : null} {earlier > 0 ? t('receipts.promptEarlier', { count: earlier }) : null}
        </p>
        <CopyButton label={t('receipts.promptCopy')} text={() => parts.map(({ heading, text }) => `${heading}:\n${text}`).join('\n\n')} />
      </div>
      <ol role="list" className="given">
        {parts.map(({ heading, text }, index) => (
          <li key={index}>
            <h4 className="given-role">{heading}</h4>
            <pre className="given-text">{text}</pre>
          </li>
        ))}
      </ol>
    </>
  );
}

function partsOf({ messages, answerSoFar }: Given): { heading: string; text: string }[] {
  const sent = messages.map((message) => ({ heading: headingOf(message), text: message.text }));
  return answerSoFar === '' ? sent : [...sent, { heading: t('receipts.promptSoFar'), text: answerSoFar }];
}
