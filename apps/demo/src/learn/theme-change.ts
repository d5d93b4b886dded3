import { useEffect, useState } from 'preact/hooks';

/** A number that is another one after each change of the page's colours: what draws on a canvas draws again. */
export function useThemeChanges(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = (): void => setCount((before) => before + 1);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', changed);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      dark.removeEventListener('change', changed);
      observer.disconnect();
    };
  }, []);
  return count;
}

/** A custom property of the page's style, as it is where an element stands. */
export function styleOf(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
