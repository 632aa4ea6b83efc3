"""Scores of predicted records against gold ones.

counts    precision, recall and F1, and shares, as frozen counts that add up
matching  which predicted actor and event stands for which gold one
score     document records against document records
errors    what is missing and what is extra, in words
gsr       single sentences with one coded event each (PLOVER gold-standard records)
re3d      relations between entities in defence and security documents
report    the scores as text and as JSON
"""
