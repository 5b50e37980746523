import { createContext, use } from 'react';
import type { Message } from '../../main/contract/conversation.ts';

/** A message being rewritten; `text` where other words were written already. */
export type Editing = { id: string; text: string | null };

/** What a message can ask of its conversation. */
export type ChatTools = {
  regenerate: (answer: Message) => void;
  continueAnswer: (answer: Message) => void;
  /** Another answer beside a report, without looking through many notes. */
  answerDirectly: (report: Message) => void;
  /** Opens a message for editing; null closes it. */
  edit: (messageId: string | null) => void;
  /** Sends the new words; if they cannot be saved, the message is open for editing again with them. */
  resend: (edited: Message, text: string) => void;
  showReceipts: (messageId: string) => void;
  /** Says it as if it had been typed. */
  say: (text: string) => void;
};

const Tools = createContext<ChatTools | null>(null);
export const ChatProvider = Tools;

export function useChatTools(): ChatTools {
  const tools = use(Tools);
  if (!tools) throw new Error('A message was drawn outside a conversation.');
  return tools;
}
