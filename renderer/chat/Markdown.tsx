import { memo, useMemo, useState } from 'react';
import ReactMarkdown, { defaultUrlTransform, type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { citationMarks } from './citationMarks.ts';
import { noBlocks, splitBlocks } from './blocks.ts';
import { HighestHeading, highestHeading, markdownParts } from './markdownParts.tsx';
import { mayHoldMath, prepareMath } from './mathText.ts';
import { mend } from './mend.ts';
import { useMaths, type Maths } from './useMaths.ts';
import './markdown.css';

type Props = {
  text: string;
  /** Keeps the anchors of footnotes of different messages apart. */
  id: string;
  /** More is coming: marks still open at the end are closed for the eye. */
  growing?: boolean | undefined;
};

/** A message's text as it should be read. What a model or a file wrote is never markup of ours: no HTML, no pictures from afar, no open links. */
export const Markdown = memo(function Markdown({ text, id, growing }: Props) {
  const [read, setRead] = useState(noBlocks);
  // Blocks are carried from one text to the next, so that a growing answer is not read from its beginning each time.
  const current = read.text === text ? read : splitBlocks(text, read);
  if (current !== read) setRead(current);
  const maths = useMaths(mayHoldMath(text));
  const highest = useMemo(() => highestHeading(text), [text]);
  return (
    <HighestHeading value={highest}>
      <div className="markdown">
        {current.blocks.map((block, index) => (
          <Block key={index} text={growing && index === current.blocks.length - 1 ? mend(block) : block} maths={maths} prefix={`${id}-${index}-`} />
        ))}
      </div>
    </HighestHeading>
  );
});

const Block = memo(function Block({ text, maths, prefix }: { text: string; maths: Maths | null; prefix: string }) {
  const plugins = useMemo(() => ({ remark: [remarkGfm, ...(maths?.remark ?? [])], rehype: [...(maths?.rehype ?? []), citationMarks] }), [maths]);
  return (
    <ReactMarkdown
      remarkPlugins={plugins.remark}
      rehypePlugins={plugins.rehype}
      remarkRehypeOptions={{ clobberPrefix: prefix }}
      urlTransform={defaultUrlTransform}
      components={markdownParts as Components}
    >
      {maths ? prepareMath(text) : text}
    </ReactMarkdown>
  );
});
