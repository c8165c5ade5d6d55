"""Asks the law: programmes as folders of clauses, dated figures and rules; facts in, a decision out."""
