/** XML as it streams by. Entities that a file defines are left as they are written, so none can unfold to gigabytes. */
import { Parser } from 'htmlparser2';
import { Full } from './writing.ts';

export type XmlHandler = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
};

/** Told of all but what stands in elements of these names. */
export function withoutElements(names: ReadonlySet<string>, { open, close, text }: XmlHandler): XmlHandler {
  let within = 0;
  return {
    open(name, attributes) {
      if (names.has(name)) within += 1;
      else if (within === 0) open(name, attributes);
    },
    close(name) {
      if (names.has(name)) within -= 1;
      else if (within === 0) close?.(name);
    },
    text(said) {
      if (within === 0) text?.(said);
    },
  };
}

const deepest = 1_000;

export async function walkXml(pieces: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (++depth > deepest) throw new Full('Only its beginning was read: its elements stand in each other too deeply.');
        handler.open(name, attributes);
      },
      onclosetag: (name) => {
        depth--;
        handler.close?.(name);
      },
      ontext: (text) => handler.text?.(text),
    },
    { xmlMode: true },
  );
  for await (const piece of pieces) parser.write(piece);
  parser.end();
}

/** The texts of these elements, by name. */
export async function xmlTexts(pieces: AsyncIterable<string>, names: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  let inside: string | null = null;
  await walkXml(pieces, {
    open: (name) => {
      if (!names.includes(name)) return;
      inside = name;
      found.set(name, [...(found.get(name) ?? []).slice(0, 100), '']);
    },
    close: (name) => {
      if (name === inside) inside = null;
    },
    text: (text) => {
      const texts = inside === null ? undefined : found.get(inside);
      if (texts) texts[texts.length - 1] = `${texts.at(-1)}${text}`.slice(0, 2_000);
    },
  });
  return found;
}
