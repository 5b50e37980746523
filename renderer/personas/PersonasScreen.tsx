import { useRoute } from '../app/route.ts';
import { PersonaCards } from './PersonaCards.tsx';
import { PersonaEditor } from './PersonaEditor.tsx';
import './personas.css';

/** The personas as cards, or one of them in its editor. */
export function PersonasScreen() {
  const route = useRoute();
  const id = route.screen === 'personas' ? route.id : null;
  return id === null ? <PersonaCards /> : <PersonaEditor key={id} id={id} />;
}
