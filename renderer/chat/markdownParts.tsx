import { ImageOff, SquareCheck, Square } from 'lucide-react';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import type { ExtraProps } from 'react-markdown';
import { t } from '../messages.ts';
import { CitationMark } from './CitationMark.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import { InertLink } from './InertLink.tsx';

type Of<Tag extends 'a' | 'img' | 'input' | 'pre' | 'table' | 'h1' | 'section'> = ComponentProps<Tag> & ExtraProps;

/** How each part of Markdown is drawn. Headings step down two levels: the page and the message have theirs above. */
export const markdownParts = {
  a: ({ href, id, children }: Of<'a'>) => (
    <InertLink href={href ?? ''} id={id}>
      {children}
    </InertLink>
  ),
  img: ({ alt, src }: Of<'img'>) => (
    <span className="picture-note">
      <ImageOff aria-hidden />
      {t('chat.pictureNotLoaded', { what: alt || (typeof src === 'string' ? hostOf(src) : '') || t('chat.pictureUnnamed') })}
    </span>
  ),
  input: ({ checked }: Of<'input'>) => (
    <span className="task-mark" role="img" aria-label={t(checked ? 'chat.taskDone' : 'chat.taskOpen')}>
      {checked ? <SquareCheck aria-hidden /> : <Square aria-hidden />}
    </span>
  ),
  pre: ({ children }: Of<'pre'>) => {
    const code = codeOf(children);
    return code ? <CodeBlock {...code} /> : <pre>{children}</pre>;
  },
  table: ({ children }: Of<'table'>) => (
    <div className="table-frame" role="region" aria-label={t('chat.table')} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  'citation-mark': ({ mark }: { mark?: number | string }) => <CitationMark mark={Number(mark)} />,
  h1: ({ children }: Of<'h1'>) => <h3 className="heading-1">{children}</h3>,
  h2: ({ children }: Of<'h1'>) => <h4 className="heading-2">{children}</h4>,
  h3: ({ children }: Of<'h1'>) => <h5 className="heading-3">{children}</h5>,
  h4: ({ children }: Of<'h1'>) => <h6 className="heading-3">{children}</h6>,
  h5: ({ children }: Of<'h1'>) => <h6 className="heading-3">{children}</h6>,
};

/** The code and its language inside a `pre`, as react-markdown nests them. */
function codeOf(children: ReactNode): { code: string; language: string } | null {
  const element = (Array.isArray(children) ? children[0] : children) as ReactElement<{ className?: string; children?: ReactNode }> | undefined;
  if (typeof element?.props?.children !== 'string') return null;
  return {
    code: element.props.children.replace(/\n$/, ''),
    language: /language-([^\s]+)/.exec(element.props.className ?? '')?.[1]?.toLowerCase() ?? '',
  };
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}
