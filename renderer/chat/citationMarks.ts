/** For react-markdown: numbers in brackets become elements of their own, except in code and links. */
type Node = { type: string; tagName?: string; value?: string; properties?: Record<string, unknown>; children?: Node[] };

const mark = /\[(\d{1,3})\]/gu;
const apart = new Set(['code', 'pre', 'a', 'math', 'svg']);

export const citationMarks = () => (tree: Node) => markIn(tree);

function markIn(node: Node): void {
  if (!node.children || apart.has(node.tagName ?? '')) return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== 'text' || child.value === undefined) {
      markIn(child);
      return child;
    }
    return split(child.value);
  });
}

function split(text: string): Node[] {
  const parts: Node[] = [];
  let at = 0;
  for (const { 0: whole, 1: number, index } of text.matchAll(mark)) {
    if (index > at) parts.push({ type: 'text', value: text.slice(at, index) });
    parts.push({ type: 'element', tagName: 'citation-mark', properties: { mark: Number(number) }, children: [{ type: 'text', value: whole }] });
    at = index + whole.length;
  }
  return at === 0 ? [{ type: 'text', value: text }] : [...parts, ...(at < text.length ? [{ type: 'text', value: text.slice(at) }] : [])];
}
