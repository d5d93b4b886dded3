import './theme/theme.css';
import { render } from 'preact';
import { catchFiles } from './page/catch-files.ts';
import { followAddress, takeAddress } from './page/follow-address.ts';
import { Page } from './page/page.tsx';
import { createStore } from './page/store.ts';
import { tabs } from './page/tabs.ts';

const root = document.querySelector('#page');
if (root === null) throw new Error('the page has no element #page to stand in');
const store = createStore(takeAddress(tabs, location.hash));
followAddress(tabs, store, window);
catchFiles(window);
render(<Page tabs={tabs} store={store} />, root);
