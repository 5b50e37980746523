export const conversationMessages = {
  'conversations.title': 'Conversations',
} as const;
