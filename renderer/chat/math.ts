import 'katex/dist/katex.min.css';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import type { PluggableList } from 'unified';

/** KaTeX and its way into Markdown: a chunk of its own, fetched with the first formula. */
export const mathPlugins: { remark: PluggableList; rehype: PluggableList } = {
  remark: [[remarkMath, { singleDollarTextMath: false }]],
  // A formula is text from a model: it may define nothing that loads, links or styles, and a wrong one is shown as written.
  rehype: [[rehypeKatex, { trust: false, strict: false, errorColor: 'currentColor', maxExpand: 500, maxSize: 40 }]],
};
