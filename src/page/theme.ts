/** Light or dark as the reader prefers, until the reader chooses. */
export function followPreference(): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (isDark: boolean) => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  };
  const follow = () => apply(dark.matches);
  follow();
  dark.addEventListener('change', follow);
  return () => {
    dark.removeEventListener('change', follow);
    apply(document.documentElement.dataset.theme !== 'dark');
  };
}
