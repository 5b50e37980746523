import { useState } from 'react';
import { t } from '../messages.ts';
import { Button } from '../ui/index.ts';

/** Longer than this is folded: a pasted book should not stand between a question and its answer. */
const foldedCharacters = 3_000;
const foldedLines = 30;

/** The owner's words as typed. */
export function Said({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const short = whole ? text : beginning(text);
  return (
    <>
      <p className="said">
        {short}
        {short === text ? null : '…'}
      </p>
      {short === text && !whole ? null : (
        <Button size="small" look="quiet" className="said-fold" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t('chat.showLess') : t('chat.showAll', { count: text.length })}
        </Button>
      )}
    </>
  );
}

/** The text itself where it is short enough, else its first lines. */
export function beginning(text: string): string {
  const lines = text.split('\n', foldedLines + 1);
  const cut = lines.length > foldedLines ? lines.slice(0, foldedLines).join('\n') : text;
  // A little too long is shown whole: folding would save nothing.
  if (cut.length <= foldedCharacters * 1.2) return cut;
  return cut.slice(0, foldedCharacters).replace(/\s+\S*$/, '');
}
