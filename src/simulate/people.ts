import { PLACES, placeName } from './places.ts';
import { below, openStream, uniform } from './stream.ts';
import { USER_AGENTS } from './user-agents.ts';
import { choose, weightedChoice } from './weighted-choice.ts';

/** What every logged-in row of a user repeats. The values are made up; nobody is meant. */
export interface Person {
  readonly location: string;
  readonly userAgent: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly gender: 'F' | 'M';
}

export function describePerson(seed: number, account: number): Person {
  const stream = openStream(`person/${account}`, seed);
  const female = uniform(stream) < FEMALE;
  const firstNames = female ? FEMALE_NAMES : MALE_NAMES;
  return {
    location: placeName(choose(placeChoice, stream)),
    userAgent: USER_AGENTS[choose(agentChoice, stream)],
    lastName: LAST_STARTS[below(stream, LAST_STARTS.length)] + LAST_ENDS[below(stream, LAST_ENDS.length)],
    firstName: firstNames[below(stream, firstNames.length)],
    gender: female ? 'F' : 'M',
  };
}

/** 10,626 of the 22,277 users of the full log. */
const FEMALE = 0.477;

/** Fitted to the 114 locations and 56 browsers of the 225 users of the mini log. */
const placeChoice = weightedChoice(Float64Array.from({ length: PLACES }, (_, i) => (i + 2) ** -1.1));
const agentChoice = weightedChoice(Float64Array.from(USER_AGENTS, (_, i) => (i + 2) ** -1.2));

const FEMALE_NAMES =
  'Ada Alma Anika Bea Brisa Calla Cora Dalia Dora Edda Elin Esme Faye Flora Greta Hana Hazel Ida Ines Iris Jana June Kaia Kira Lena Lila Lotte Mara Mia Mina Nadia Nell Nora Odile Opal Pia Rhea Rosa Runa Sana Selma Tessa Thea Una Vera Willa Yara Zora'.split(
    ' ',
  );
const MALE_NAMES =
  'Abel Alec Anton Aris Basil Bo Bram Cal Cyrus Dane Davin Edgar Elias Emil Ezra Felix Finn Gus Hal Hugo Ian Ivo Jaro Jonas Kai Karl Lars Leo Levi Luca Magnus Milo Nico Noel Odin Omar Oskar Otto Quinn Rafe Remy Rolf Silas Soren Theo Tobias Vito Zane'.split(
    ' ',
  );
const LAST_STARTS =
  'Ald Barn Bex Bran Cald Cart Dell Dray Elver Farn Fox Gar Grim Hal Hart Hol Ing Kel Lang Lock Mer Mor Nor Pem Quar Rad Ros Sel Stan Thorn Wake Win'.split(
    ' ',
  );
const LAST_ENDS =
  'by den er ett field ford ham ing land ley man more ner ness ridge row ston ter ton well win worth'.split(
    ' ',
  );
