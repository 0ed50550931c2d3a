"""List the words that tell a sentence from a secret."""

# ruff: noqa: SIM905  # a list of words is easier to read and to change as plain text

SENTENCE = frozenset(
    """
    a an the my your our this that these here there it its i we you they he she and or but if then because since after
    before until for from with without at in on of to as by not no never yes is isnt are was wasnt has have had can cant
    cannot could should would will wont do dont does doesnt did didnt must may please pls help hi hello what how why
    when where who which reset resetting forgot forget forgotten change changing changed recovery recover step steps
    guide username user login email mail phone account page link problem problems issue issues requirements
    something anything nothing someone somebody between minimum maximum wrong incorrect invalid required
    """.split()
)
"""Words with which a sentence goes on, as in "password: how do I reset it?"."""

STATE = frozenset(
    """
    correct right still also always only really too very so just again already weak strong long short old new same
    different safe secure fine good bad okay ok blank empty unknown known easy hard lost stolen gone set sent shown
    hidden kept broken back case mandatory optional necessary unsafe insecure compromised
    """.split()
)
"""Words that say how a password is, as in "my password is weak"."""

GRAMMAR = frozenset(
    """
    are but did does for from had has her his how into its it not our out she should the them their these they was
    were which who whom whose why would your could been because being cant dont didnt wont isnt doesnt
    """.split()
)
"""Words that hold a sentence together and are on no list of seed words: not a misspelt word of a phrase."""
