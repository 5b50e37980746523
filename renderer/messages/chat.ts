export const chatMessages = {
  'chat.title': 'Chat',
} as const;
