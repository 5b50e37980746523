/** What the personas screen says. */
export const personaMessages = {
  'personas.title': 'Personas',
} as const;
