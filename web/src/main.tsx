import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/pieces.css';
import './styles/screens.css';
import './styles/dossier.css';
import './styles/asks.css';
import './styles/door.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { begin } from './lib/begin';
import { ApiError } from './lib/call';
import { startTheme } from './lib/theme';
import { App } from './screens/App';

startTheme();

const client = new QueryClient({
  defaultOptions: {
    // The server is on this machine: it answers also where the browser believes that there is no network.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A server that does not answer may be starting; what it refused it will refuse again.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && [0, 502, 503].includes(error.status),
    },
  },
});

const draw = () =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
void begin(client, new URL(location.href)).then(draw, draw);
