export const appMessages = {
  'app.title': 'App',
} as const;
