import { memo, useMemo } from 'react';
import ReactMarkdown, { defaultUrlTransform, type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { mayHoldMath, prepareMath } from '../chat/mathText.ts';
import { useMaths } from '../chat/useMaths.ts';
import { noteParts } from './noteParts.tsx';
import { wiki } from './wiki.ts';
import '../chat/markdown.css';

/** One block of a note's Markdown. As in an answer, nothing of it is markup of ours, and nothing is fetched. */
export const NoteMarkdown = memo(function NoteMarkdown({ text, prefix }: { text: string; prefix: string }) {
  const maths = useMaths(mayHoldMath(text));
  const plugins = useMemo(() => ({ remark: [remarkGfm, ...(maths?.remark ?? []), wiki], rehype: maths?.rehype ?? [] }), [maths]);
  return (
    <ReactMarkdown
      remarkPlugins={plugins.remark}
      rehypePlugins={plugins.rehype}
      remarkRehypeOptions={{ clobberPrefix: prefix }}
      urlTransform={defaultUrlTransform}
      components={noteParts as Components}
    >
      {maths ? prepareMath(text) : text}
    </ReactMarkdown>
  );
});
