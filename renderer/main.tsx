import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { attachTransport } from './api.ts';
import { applyLook } from './app/appearance.ts';
import { App } from './app/App.tsx';
import { preferencesNow } from './app/preferences.ts';
import { connect } from './connect.ts';
import { listenToKeys } from './keyboard.ts';
import { followAssistant } from './live.ts';
import './styles/index.css';

const leaving = new AbortController();

applyLook(preferencesNow());
attachTransport(connect());
listenToKeys(leaving.signal);
window.addEventListener('pagehide', (event) => !event.persisted && leaving.abort());

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
void followAssistant(leaving.signal);
