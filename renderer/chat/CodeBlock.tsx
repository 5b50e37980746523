import { memo, useEffect, useState } from 'react';
import { t } from '../messages.ts';
import { CopyButton } from '../ui/index.ts';
import { highlight, type HighlightedLine } from './highlight.ts';

type Props = { code: string; language: string };

/** Longer code is shown plain: colours would cost more than they explain. */
const longestHighlighted = 40_000;

/** Code with its language, a way to copy it, and colours once they are worked out. */
export const CodeBlock = memo(function CodeBlock({ code, language }: Props) {
  const lines = useHighlight(code, language);
  return (
    <figure className="code-block">
      <figcaption className="code-head">
        <span>{language || t('chat.code')}</span>
        <CopyButton text={() => code} label={t('chat.copyCode')} />
      </figcaption>
      <pre tabIndex={0} aria-label={language ? t('chat.codeIn', { language }) : t('chat.code')}>
        <code>{lines ? lines.map((line, index) => <Line key={index} line={line} last={index === lines.length - 1} />) : code}</code>
      </pre>
    </figure>
  );
});

const Line = memo(function Line({ line, last }: { line: HighlightedLine; last: boolean }) {
  return (
    <>
      {line.map((token, index) => (
        <span key={index} style={token.color ? { color: token.color } : undefined}>
          {token.content}
        </span>
      ))}
      {last ? null : '\n'}
    </>
  );
});

/**
 * Coloured lines, or null while there are none. Waits for a pause, so that growing code is not coloured at every word;
 * lines that were coloured already stay so while more follow.
 */
function useHighlight(code: string, language: string): HighlightedLine[] | null {
  const [done, setDone] = useState<{ code: string; language: string; lines: HighlightedLine[] } | null>(null);
  useEffect(() => {
    if (!language || code.length > longestHighlighted) return;
    let wanted = true;
    const timer = setTimeout(() => {
      void highlight(code, language).then((lines) => wanted && lines && setDone({ code, language, lines }));
    }, 120);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [code, language]);
  if (!done || done.language !== language || !code.startsWith(done.code)) return null;
  if (done.code === code) return done.lines;
  const plain = code.split('\n').slice(done.lines.length - 1);
  return [...done.lines.slice(0, -1), ...plain.map((content) => [{ content }])];
}
