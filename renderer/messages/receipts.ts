export const receiptMessages = {
  'receipts.title': 'Receipts',
} as const;
