import { ARTISTS, SONGS } from './catalogue.ts';
import { scatterPick, spread } from './scatter.ts';

/** The name of an artist, unlike every other's; @param artist an index below ARTISTS. */
export function artistName(artist: number): string {
  return compose(spread(artist, ARTIST_STRIDE, ARTISTS), ARTIST_FORMS, artist);
}

/** The title of a song, unlike every other's; @param song an index below SONGS. */
export function songTitle(song: number): string {
  return compose(spread(song, SONG_STRIDE, SONGS), TITLE_FORMS, song);
}

/** Primes that divide neither ARTISTS nor SONGS. */
const ARTIST_STRIDE = 15_013;
const SONG_STRIDE = 104_729;

const WORDS_A =
  'Amber Ancient Blazing Bitter Broken Careless Cobalt Crooked Crystal Distant Electric Empty Endless Faded Fearless Fragile Frozen Gentle Ghostly Golden Hidden Hollow Honest Idle Infinite Invisible Jagged Lonely Lucid Lunar Magnetic Midnight Modern Neon Northern Paper Plastic Quiet Restless Rusty Sacred Scarlet Secret Shallow Silent Silver Sleepless Slow Solar Sudden Tender Twisted Velvet Violet Wandering Wicked Wild Winter Wooden Éternel Último Größter Señor Hôtel'.split(
    ' ',
  );
const WORDS_B =
  'Alibi Anchor Animal Apartment Arrow Attic Avenue Balcony Bell Bicycle Bird Boulevard Bridge Camera Candle Canyon Carnival Castle Circle Circus Clock Cloud Comet Compass Corner Crown Dancer Daydream Desert Diary Dragon Echo Ember Engine Evening Feather Fever Fire Flag Forest Fountain Fox Garden Ghost Giant Glass Gravity Harbor Heart Highway Horizon Horse House Island Jungle Kingdom Ladder Lantern Letter Lighthouse Lion Machine Mask Memory Mirror Monday Moon Morning Mountain Needle Ocean Orchard Parade Piano Picture Pilot Planet Radio Rain River Satellite Season Shadow Signal Skyline Smoke Snow Stranger Street Summer Sunday Telephone Thunder Tiger Train Valley'.split(
    ' ',
  );
const NAMES =
  'Aldo Bex Calla Dario Enid Fitz Gwen Hollis Imke Jonty Keir Lior Maud Niko Orla Pascal Reza Saskia Tove Ulla Viggo Wren'.split(
    ' ',
  );

/** A is an adjective, B a noun, C a given name; A and B determine the name within a form. */
const ARTIST_FORMS = [
  'A B',
  'The A Bs',
  'C A B',
  'A B Orchestra',
  'DJ B / C A',
  'B & The A Few',
  'C featuring A B',
].map(parseForm);

const TITLE_FORMS = [
  'A B',
  'The A B',
  'B (A)',
  'A B (Album Version)',
  'My A B',
  'B Of The A',
  'Too A, B',
  'A B (LP Version)',
  'One A B',
  'Another A B',
  'A B, Pt. 2',
  'Oh B (So A)',
  'A B (Live)',
  'Never A B',
  'Hey_ A B',
  "Don't Call Me A B",
  'A B Blues',
  '"A B"',
  'In The A B',
  'A B Remix',
  'A B (Radio Edit)',
  'This A B',
  "C's A B",
  'Last A B',
  'A B: III. Presto',
  'A B [feat. C]',
  'Your A B',
  'A B Song',
  'To The A B',
  'A B (2006 Digital Remaster)',
  'A B (Acoustic)',
  'No More A B',
  'A B \\ C',
  'A B (Explicit)',
  'A B Forever',
  'Into The A B',
  'A B 🎸',
  'A B (Demo)',
  'Some A B',
  '𝄞 A B',
  'A B Tonight',
  'Goodbye A B',
].map(parseForm);

function compose(index: number, forms: readonly Form[], owner: number): string {
  const rest = Math.floor(index / WORDS_A.length);
  const words = {
    A: WORDS_A[index % WORDS_A.length],
    B: WORDS_B[rest % WORDS_B.length],
    C: scatterPick(NAMES, owner, GIVEN_NAME),
  };
  let name = '';
  for (const { text, word } of forms[Math.floor(rest / WORDS_B.length)]) {
    name += word === undefined ? text : text + words[word];
  }
  return mangle(name);
}

/** Text, each followed by a word except the last. */
type Form = readonly { readonly text: string; readonly word?: 'A' | 'B' | 'C' }[];

function parseForm(form: string): Form {
  const parts: { text: string; word?: 'A' | 'B' | 'C' }[] = [];
  let at = 0;
  for (const match of form.matchAll(/\b[ABC](?=s?\b)/g)) {
    const [word] = match;
    const text = form.slice(at, match.index);
    if (word === 'A' || word === 'B' || word === 'C') parts.push({ text, word });
    at = match.index + 1;
  }
  return [...parts, { text: form.slice(at) }];
}

const GIVEN_NAME = 3;

/** Accented names stand in the log as the real ones do: UTF-8 taken for Latin-1, twice over. */
function mangle(name: string): string {
  return ACCENTED.test(name) ? mistake(mistake(name)) : name;
}

const ACCENTED = /[À-ÿ]/;

function mistake(name: string): string {
  return Buffer.from(name, 'utf8').toString('latin1');
}
