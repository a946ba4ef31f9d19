/** The browsers of the service's listeners, in the order of how common they are. */
export const USER_AGENTS: readonly string[] = interleave([
  desktops(['Windows NT 6.1; WOW64', 'Macintosh; Intel Mac OS X 10_9_4', 'Windows NT 6.3; WOW64'], chrome),
  desktops(['Windows NT 6.1; WOW64', 'Macintosh; Intel Mac OS X 10.9', 'Windows NT 6.3; WOW64'], firefox),
  desktops(['Macintosh; Intel Mac OS X 10_9_4', 'Macintosh; Intel Mac OS X 10_8_5'], safari),
  ['iPhone; CPU iPhone OS 7_1_2', 'iPad; CPU OS 7_1_2', 'iPhone; CPU iPhone OS 7_1_1'].map(mobileSafari),
  desktops(['Windows NT 6.1', 'X11; Linux x86_64', 'Windows NT 5.1', 'Windows NT 6.2; WOW64'], chrome),
  desktops(
    ['Windows NT 6.1', 'X11; Ubuntu; Linux x86_64', 'Windows NT 5.1', 'Windows NT 6.2; WOW64'],
    firefox,
  ),
  ['Windows NT 6.1; WOW64; Trident/7.0', 'Windows NT 6.3; WOW64; Trident/7.0'].map(explorer),
  desktops(['Macintosh; Intel Mac OS X 10_7_5', 'Macintosh; Intel Mac OS X 10_10'], safari),
  ['9.0; Windows NT 6.1; WOW64; Trident/5.0', '10.0; Windows NT 6.2; WOW64; Trident/6.0'].map(oldExplorer),
  desktops(['Macintosh; Intel Mac OS X 10_8_5', 'Macintosh; Intel Mac OS X 10_10', 'Windows NT 6.3'], chrome),
  desktops(['Macintosh; Intel Mac OS X 10.8', 'X11; Linux x86_64'], firefox),
  ['iPad; CPU OS 7_1_1', 'iPhone; CPU iPhone OS 7_1', 'iPad; CPU OS 7_0_4'].map(mobileSafari),
]);

type Browser = (system: string) => readonly string[];

function desktops(systems: readonly string[], browser: Browser): readonly string[] {
  return systems.flatMap(browser);
}

/** Chrome and Safari state their name within double quotes, which the log keeps. */
function chrome(system: string): readonly string[] {
  return ['36.0.1985.143', '37.0.2062.94', '36.0.1985.125', '35.0.1916.153'].map(
    (version) =>
      `"Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36"`,
  );
}

function firefox(system: string): readonly string[] {
  return ['31.0', '30.0', '32.0'].map(
    (version) => `Mozilla/5.0 (${system}; rv:${version}) Gecko/20100101 Firefox/${version}`,
  );
}

function safari(system: string): readonly string[] {
  const builds = ['537.78.2 7.0.6', '537.77.4 7.0.5'].map((build) => build.split(' '));
  return builds.map(
    ([kit, version]) =>
      `"Mozilla/5.0 (${system}) AppleWebKit/${kit} (KHTML, like Gecko) Version/${version} Safari/${kit}"`,
  );
}

function mobileSafari(system: string): string {
  const kit = 'AppleWebKit/537.51.2 (KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53';
  return `"Mozilla/5.0 (${system} like Mac OS X) ${kit}"`;
}

function explorer(system: string): string {
  return `Mozilla/5.0 (${system}; rv:11.0) like Gecko`;
}

function oldExplorer(system: string): string {
  return `Mozilla/5.0 (compatible; MSIE ${system})`;
}

function interleave(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(...lists.map((list) => list.length));
  const rounds = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1)));
  return rounds.flat();
}
