/**
 * The one catalogue of visible text. Each screen keeps its part in `messages/`, under keys that begin with its name.
 * A message is a sentence with {placeholders}, or two forms chosen by the number in `count`.
 */
import { formatNumber, language } from './format.ts';
import { appMessages } from './messages/app.ts';
import { chatMessages } from './messages/chat.ts';
import { claimMessages } from './messages/claims.ts';
import { conversationMessages } from './messages/conversations.ts';
import { importMessages } from './messages/importing.ts';
import { memoryMessages } from './messages/memory.ts';
import { modelMessages } from './messages/models.ts';
import { noteMessages } from './messages/notes.ts';
import { paletteMessages } from './messages/palette.ts';
import { personaMessages } from './messages/personas.ts';
import { pickerMessages } from './messages/picker.ts';
import { receiptMessages } from './messages/receipts.ts';
import { researchMessages } from './messages/research.ts';
import { searchMessages } from './messages/search.ts';
import { settingMessages } from './messages/settings.ts';
import { uiMessages } from './messages/ui.ts';
import { welcomeMessages } from './messages/welcome.ts';

export const messages = {
  ...uiMessages,
  ...appMessages,
  ...conversationMessages,
  ...importMessages,
  ...chatMessages,
  ...receiptMessages,
  ...researchMessages,
  ...paletteMessages,
  ...memoryMessages,
  ...claimMessages,
  ...personaMessages,
  ...modelMessages,
  ...settingMessages,
  ...searchMessages,
  ...noteMessages,
  ...pickerMessages,
  ...welcomeMessages,
} as const;

export type Message = string | { readonly one: string; readonly other: string };
export type MessageKey = keyof typeof messages;

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Text<M> = M extends { one: infer One; other: infer Other } ? One | Other : M;
type NameOf<K extends MessageKey> =
  | Placeholder<Text<(typeof messages)[K]>>
  | ((typeof messages)[K] extends { other: string } ? 'count' : never);
type Values<K extends MessageKey> = { [N in NameOf<K>]: N extends 'count' ? number : string | number };
type Rest<K extends MessageKey> = [NameOf<K>] extends [never] ? [] : [values: Values<K>];

const plural = new Intl.PluralRules(language);

/** The text for a key in the reader's language; numbers are written the reader's way. */
export function t<K extends MessageKey>(key: K, ...rest: Rest<K>): string {
  const values: Record<string, string | number> = rest[0] ?? {};
  const message: Message = messages[key];
  const text = typeof message === 'string' ? message : plural.select(Number(values['count'])) === 'one' ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}
