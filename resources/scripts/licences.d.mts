import type { Plugin } from 'vite';

/** Vite plugins that gather what the page and its workers are bundled from, and write the licences beside the page. */
export function licences(): { page: Plugin; worker: Plugin };
