export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

export function isTheme(text: string): text is Theme {
  return themes.some((theme) => theme === text);
}

/** The style sheet follows the system's preference unless the root says otherwise. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
