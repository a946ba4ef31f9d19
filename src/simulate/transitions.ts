/**
 * Page-to-page probabilities of the four kinds of listeners. A key is `auth/level/page`; a target without an auth
 * and a level keeps those of the page it is reached from. What a row lacks to 1 ends the session. The other kinds
 * hold only what differs from `typical`. Source: configurations of the event simulator eventsim
 * (https://github.com/Interana/eventsim/tree/master/configs).
 */
export const TRANSITIONS: Readonly<Record<Cohort, Readonly<Record<string, string>>>> = {
  typical: {
    'Guest/free/About': 'About .05, Help .1, Home .7, Register .1, Error .001',
    'Guest/free/Help': 'About .0025, Help .1, Home .7, Register .1, Error .001',
    'Guest/free/Home': 'About .25, Help .25, Home .1, Register .3, Error .001',
    'Guest/free/Register': 'About .1, Help .1, Home .2, Register .05, Submit Registration .5, Error .001',
    'Guest/free/Submit Registration': 'Error .1, Logged In/free/Home .9',
    'Guest/free/Error': 'About .01, Help .05, Home .8, Error .1',
    'Logged In/free/About':
      'About .05, Help .01, Home .2, Settings .01, Add Friend .05, NextSong .6, Logout .01, Error .001',
    'Logged In/free/Help':
      'About .002, Help .1, Home .2, Settings .05, Add Friend .05, Upgrade .005, NextSong .5, Logout .01, Error .001',
    'Logged In/free/Home':
      'About .002, Help .002, Home .01, Settings .02, Add Friend .05, Upgrade .005, NextSong .85, Logout .01, Error .001',
    'Logged In/free/Settings':
      'About .002, Help .05, Home .1, Settings .1, Add Friend .02, Upgrade .005, NextSong .5, Cancel .005, Logout .01, Save Settings .2, Error .001',
    'Logged In/free/Add Friend':
      'About .01, Help .01, Home .1, Settings .05, Add Friend .3, Upgrade .01, NextSong .5, Logout .01, Error .001',
    'Logged In/free/Add to Playlist': 'Help .01, Thumbs Up .01, Upgrade .01, NextSong .95',
    'Logged In/free/Thumbs Up': 'Add to Playlist .05, Upgrade .01, NextSong .9, Error .001',
    'Logged In/free/Thumbs Down': 'NextSong .9, Cancel .001, Logout .01, Error .001',
    'Logged In/free/Roll Advert': 'Roll Advert .02, NextSong .9, Cancel .001, Logout .01, Error .001',
    'Logged In/free/Upgrade':
      'About .002, Help .006, Home .1, Add Friend .05, Upgrade .07, NextSong .45, Logout .01, Submit Upgrade .3, Error .001',
    'Logged In/free/NextSong':
      'About .002, Help .005, Home .02, Settings .005, Add Friend .01, Add to Playlist .025, Thumbs Up .05, Thumbs Down .01, Roll Advert .08, Upgrade .01, NextSong .75, Logout .02, Error .001',
    'Logged In/free/Cancel': 'Cancelled/free/Cancellation Confirmation .999, Error .001',
    'Logged In/free/Logout': 'Error .001, Logged Out/free/Home .999',
    'Logged In/free/Save Settings': 'Home .8, Settings .1, Error .001',
    'Logged In/free/Submit Upgrade': 'Logged In/paid/Home 1',
    'Logged In/free/Error': 'About .001, Help .002, Home .2, NextSong .75, Logout .03, Error .01',
    'Logged Out/free/About': 'About .05, Help .025, Home .3, Login .4, Error .001',
    'Logged Out/free/Help': 'About .0025, Help .1, Home .3, Login .5, Error .001',
    'Logged Out/free/Home': 'About .1, Help .05, Home .1, Login .5, Error .001',
    'Logged Out/free/Login': 'Logged In/free/Home .999, Error .001',
    'Logged Out/free/Error': 'About .01, Help .05, Home .5, Login .1, Error .01',
    'Logged In/paid/About':
      'About .05, Help .01, Home .2, Settings .01, Add Friend .05, NextSong .4, Logout .01, Error .001',
    'Logged In/paid/Downgrade':
      'About .002, Downgrade .07, Help .006, Home .1, NextSong .65, Cancel .01, Logout .1, Submit Downgrade .03, Error .001',
    'Logged In/paid/Help':
      'About .002, Downgrade .005, Help .03, Home .1, Settings .02, Add Friend .04, NextSong .75, Logout .01, Error .001',
    'Logged In/paid/Home':
      'About .002, Downgrade .005, Help .002, Home .01, Settings .02, Add Friend .05, NextSong .85, Logout .01, Error .001',
    'Logged In/paid/Settings':
      'About .002, Downgrade .01, Help .05, Home .05, Settings .05, Add Friend .02, NextSong .6, Cancel .005, Logout .01, Save Settings .2, Error .001',
    'Logged In/paid/Add Friend': 'Add Friend .3, NextSong .65, Logout .01, Error .001',
    'Logged In/paid/Add to Playlist': 'Thumbs Up .01, NextSong .95',
    'Logged In/paid/Thumbs Up': 'Add to Playlist .07, NextSong .9, Error .001',
    'Logged In/paid/Thumbs Down':
      'Downgrade .02, Help .03, Settings .02, NextSong .9, Cancel .001, Logout .02, Error .001',
    'Logged In/paid/Roll Advert':
      'Downgrade .05, Roll Advert .02, NextSong .8, Cancel .005, Logout .1, Error .001',
    'Logged In/paid/NextSong':
      'About .002, Downgrade .01, Help .005, Home .02, Settings .005, Add Friend .01, Add to Playlist .025, Thumbs Up .05, Thumbs Down .01, Roll Advert .001, NextSong .85, Logout .01, Error .001',
    'Logged In/paid/Cancel': 'Cancelled/paid/Cancellation Confirmation .999, Error .001',
    'Logged In/paid/Logout': 'Error .001, Logged Out/paid/Home .999',
    'Logged In/paid/Save Settings': 'Home .8, Settings .1, Error .001',
    'Logged In/paid/Submit Downgrade': 'Logged In/free/Home .999, Error .001',
    'Logged In/paid/Error': 'About .001, Help .01, Home .2, NextSong .75, Logout .01, Error .001',
    'Logged Out/paid/About': 'About .05, Help .05, Home .3, Login .5, Error .001',
    'Logged Out/paid/Help': 'About .0025, Help .1, Home .3, Login .5, Error .001',
    'Logged Out/paid/Home': 'About .1, Help .05, Home .15, Login .65, Error .001',
    'Logged Out/paid/Login': 'Logged In/paid/Home .999, Error .001',
    'Logged Out/paid/Error': 'Help .08, Home .7, Login .2, Error .01',
  },
  'ad-heavy': {
    'Logged In/free/Settings': 'Settings .08, Cancel .02',
    'Logged In/free/Add Friend': 'Add Friend .29',
    'Logged In/free/Thumbs Down': 'Cancel .01',
    'Logged In/free/Roll Advert': 'Roll Advert .07, Upgrade .005, Cancel .01',
    'Logged In/free/Upgrade': 'Upgrade .05, NextSong .43',
    'Logged In/free/NextSong': 'Thumbs Down .02, Roll Advert .15, NextSong .68',
    'Logged In/paid/Downgrade': 'NextSong .6, Cancel .03, Submit Downgrade .09',
    'Logged In/paid/Help': 'Downgrade .007',
    'Logged In/paid/Home': 'Downgrade .007',
    'Logged In/paid/Settings': 'Downgrade .02, NextSong .57, Cancel .02',
    'Logged In/paid/Thumbs Down': 'Downgrade .03, NextSong .88, Cancel .01',
    'Logged In/paid/Roll Advert': 'Downgrade .07, Roll Advert .03, NextSong .74, Cancel .05',
    'Logged In/paid/NextSong': 'Downgrade .015, Thumbs Up .04, Roll Advert .01, NextSong .84',
  },
  grumpy: {
    'Logged In/free/Settings': 'Cancel .009',
    'Logged In/free/Add Friend': 'Upgrade .007',
    'Logged In/free/Add to Playlist': 'Upgrade .007',
    'Logged In/free/Thumbs Up': 'Upgrade .007',
    'Logged In/free/Thumbs Down': 'Cancel .005',
    'Logged In/free/Roll Advert': 'Cancel .005',
    'Logged In/free/Upgrade': 'Submit Upgrade .23',
    'Logged In/free/NextSong': 'Thumbs Down .03, Upgrade .007, NextSong .74',
    'Logged In/paid/Downgrade': 'Downgrade .09, NextSong .61, Cancel .02, Submit Downgrade .07',
    'Logged In/paid/Help': 'Downgrade .01',
    'Logged In/paid/Home': 'Downgrade .01',
    'Logged In/paid/Settings': 'Downgrade .02, NextSong .59, Cancel .01, Save Settings .19',
    'Logged In/paid/Thumbs Down': 'Downgrade .03, NextSong .89, Cancel .005',
    'Logged In/paid/Roll Advert': 'Downgrade .06, Cancel .01',
    'Logged In/paid/NextSong': 'Downgrade .015, Thumbs Down .03, NextSong .82',
  },
  happy: {
    'Logged In/free/Help': 'Upgrade .01',
    'Logged In/free/Home': 'Upgrade .01',
    'Logged In/free/Settings': 'Upgrade .01, Cancel .003',
    'Logged In/free/Add Friend': 'Settings .04, Upgrade .03, NextSong .48',
    'Logged In/free/Add to Playlist': 'Thumbs Up .03, Upgrade .03, NextSong .93',
    'Logged In/free/Thumbs Up': 'Upgrade .03',
    'Logged In/free/Upgrade': 'NextSong .36, Submit Upgrade .4',
    'Logged In/free/NextSong': 'Thumbs Up .09, Upgrade .02, NextSong .71',
    'Logged In/paid/Downgrade': 'Cancel .005, Submit Downgrade .025',
    'Logged In/paid/Help': 'Downgrade .002',
    'Logged In/paid/Home': 'Downgrade .002',
    'Logged In/paid/Settings': 'Downgrade .005, Cancel .002',
    'Logged In/paid/Add to Playlist': 'Thumbs Up .03',
    'Logged In/paid/Thumbs Down': 'Downgrade .007',
    'Logged In/paid/Roll Advert': 'Downgrade .02, Cancel .002',
    'Logged In/paid/NextSong': 'Downgrade .005, Thumbs Up .09, NextSong .81',
  },
};

/** The kinds of listeners, in the order of their index everywhere in the simulator. */
export const COHORTS = ['typical', 'ad-heavy', 'grumpy', 'happy'] as const;

export type Cohort = (typeof COHORTS)[number];
