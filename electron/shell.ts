import { stat } from 'node:fs/promises';
import { dialog, Notification, shell as system, type BrowserWindow } from 'electron';
import { AppError } from '../main/contract/errors.ts';

type PickOptions = { title: string; extensions: string[]; folder: boolean };

/** What the system does for us. */
export function createShell(window: () => BrowserWindow | null) {
  return {
    /** The system's own file or folder dialog; null when it was cancelled. Extensions come without dots. */
    async pick({ title, extensions, folder }: PickOptions): Promise<string | null> {
      const owner = window();
      if (!owner) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title,
        properties: [folder ? 'openDirectory' : 'openFile'],
        filters: folder || extensions.length === 0 ? [] : [{ name: extensions.join(', '), extensions }],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },

    /** Shows a file in its folder; opens nothing. */
    async reveal(path: string): Promise<void> {
      await stat(path).catch((error: unknown) => {
        throw new AppError('not-found', `${path} is not there any more.`, error);
      });
      system.showItemInFolder(path);
    },

    /** A quiet notice outside the window, for when it is not in front. */
    notify(title: string, body: string): void {
      if (!Notification.isSupported() || window()?.isFocused()) return;
      const notice = new Notification({ title, body, silent: true });
      notice.on('click', () => window()?.show());
      notice.show();
    },
  };
}
