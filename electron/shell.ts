import { stat } from 'node:fs/promises';
import { dialog, Notification, shell as system, type BrowserWindow } from 'electron';
import { AppError } from '../main/contract/errors.ts';
import type { Shell } from '../main/services/shell.ts';

/** The system's own dialogs and notices, over the window there is. */
export function createShell(window: () => BrowserWindow | null): Shell {
  return {
    async pick({ title, extensions, folder }) {
      const owner = window();
      if (!owner) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title,
        properties: [folder ? 'openDirectory' : 'openFile'],
        filters: folder || extensions.length === 0 ? [] : [{ name: extensions.join(', '), extensions }],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },

    async reveal(path) {
      await stat(path).catch((error: unknown) => {
        throw new AppError('not-found', `${path} is not there any more.`, error);
      });
      system.showItemInFolder(path);
    },

    notify(title, body) {
      if (!Notification.isSupported() || window()?.isFocused()) return;
      const notice = new Notification({ title, body, silent: true });
      notice.on('click', () => window()?.show());
      notice.show();
    },
  };
}
