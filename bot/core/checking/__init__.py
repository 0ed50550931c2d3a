"""Find what is wrong with entries as content: answers, links, dates, copies, phrasings."""
