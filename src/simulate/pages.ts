/** The pages of the service with the HTTP method and status each is logged with. */
export const PAGES: Readonly<Record<string, Page>> = {
  NextSong: { method: 'PUT', status: 200 },
  Home: { method: 'GET', status: 200 },
  'Thumbs Up': { method: 'PUT', status: 307 },
  'Add to Playlist': { method: 'PUT', status: 200 },
  'Add Friend': { method: 'PUT', status: 307 },
  'Roll Advert': { method: 'GET', status: 200 },
  Login: { method: 'PUT', status: 307 },
  Logout: { method: 'PUT', status: 307 },
  'Thumbs Down': { method: 'PUT', status: 307 },
  Downgrade: { method: 'GET', status: 200 },
  Help: { method: 'GET', status: 200 },
  Settings: { method: 'GET', status: 200 },
  About: { method: 'GET', status: 200 },
  Upgrade: { method: 'GET', status: 200 },
  'Save Settings': { method: 'PUT', status: 307 },
  Error: { method: 'GET', status: 404 },
  'Submit Upgrade': { method: 'PUT', status: 307 },
  'Submit Downgrade': { method: 'PUT', status: 307 },
  Cancel: { method: 'PUT', status: 307 },
  'Cancellation Confirmation': { method: 'GET', status: 200 },
  Register: { method: 'GET', status: 200 },
  'Submit Registration': { method: 'PUT', status: 307 },
};

export interface Page {
  readonly method: 'GET' | 'PUT';
  readonly status: 200 | 307 | 404;
}

/**
 * Weights of the first page of a session by the auth and level the last one ended with; the weights of eventsim's
 * example configuration.
 */
export const FIRST_PAGES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'Guest/free': { Home: 100, Register: 30, About: 20, Help: 10, Error: 5 },
  'Logged In/free': { NextSong: 1500, Home: 1000, Help: 10, About: 5, Error: 1 },
  'Logged In/paid': { NextSong: 1750, Home: 1000, Help: 5, About: 5, Error: 1 },
  'Logged Out/free': { Home: 1000, Login: 500, About: 10, Help: 10, Error: 1 },
  'Logged Out/paid': { Home: 1000, Login: 500, About: 10, Help: 10, Error: 1 },
};
